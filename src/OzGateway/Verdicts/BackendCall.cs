using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Verdicts;

/// <summary>What the head of a backend's call says.</summary>
internal static class BackendCall
{
    private const string UserHeader = "OzGateway-User";
    private const string IdempotencyHeader = "Idempotency-Key";
    private const int LongestKey = 255;

    /// <summary>The user whom the caller names. False where the header is there and names nobody.</summary>
    public static bool TryReadUser(HttpContext context, GatewayKeys keys, out UserKey? user)
    {
        var values = context.Request.Headers[UserHeader];
        user = values is [{ Length: > 0 and <= 1024 } identifier] ? UserKey.OfIdentifier(keys, identifier) : null;
        return values.Count == 0 || user is not null;
    }

    /// <summary>The idempotency key, or null where there is none. False where it cannot be one: 1 to 255 visible characters, once.</summary>
    public static bool TryReadIdempotencyKey(HttpContext context, out string? key)
    {
        var values = context.Request.Headers[IdempotencyHeader];
        key = values is [{ Length: > 0 and <= LongestKey } text] && text.All(static character => character is > ' ' and <= '~') ? text : null;
        return values.Count == 0 || key is not null;
    }

    /// <summary>What the query wishes, or null where it is not understood: a word that is not known here changes nothing, a known one must be right.</summary>
    public static VerdictWish? ReadWish(HttpRequest request, TimeSpan waitLimit)
    {
        var (wait, consume) = (request.Query["wait"], request.Query["consume"]);
        var duration = wait.Count == 0 ? TimeSpan.Zero : wait is [{ } text] ? UnitText.ParseDuration(text) : null;
        bool? consumes = consume.Count == 0 ? false : consume is ["true"] ? true : consume is ["false"] ? false : null;
        return duration is { } longest && consumes is { } consumed ? new VerdictWish(longest < waitLimit ? longest : waitLimit, consumed) : null;
    }
}

/// <summary>What a backend wishes besides the verdict.</summary>
/// <param name="Wait">How long to wait for an end, cut to the limit.</param>
/// <param name="Consume">Consume the transaction where its check has come to its end.</param>
internal sealed record VerdictWish(TimeSpan Wait, bool Consume);
