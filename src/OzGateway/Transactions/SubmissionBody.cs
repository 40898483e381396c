using System.Security.Cryptography;
using OzGateway.Identity;
using OzGateway.Payloads;

namespace OzGateway.Transactions;

/// <summary>Decides from the head how a body is read, and what is set in it.</summary>
internal static class SubmissionBody
{
    /// <summary>Whether the request can have a body at all.</summary>
    public static bool IsPresent(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? context.Request.ContentLength > 0;

    /// <summary>The media type, where there is exactly one that can be read and the body is not coded; null means 415.</summary>
    public static MediaType? Read(HttpRequest request)
    {
        var coding = request.Headers.ContentEncoding;
        var plain = coding.Count == 0 || (coding is [{ } only] && only.Equals("identity", StringComparison.OrdinalIgnoreCase));
        return plain && request.Headers.ContentType is [{ } header] && MediaType.TryParse(header, out var type) && type.Fault is null ? type : null;
    }

    /// <summary>How a submission is read; null means 415.</summary>
    public static PayloadKind? KindOfSubmission(MediaType type) => type.Kind;

    /// <summary>How a poll is read; a poll may also hide JSON behind text/plain, as pages do to spare a preflight. Null means 415.</summary>
    public static PayloadKind? KindOfPoll(MediaType type) => type.Kind switch
    {
        PayloadKind.Json or PayloadKind.Form => type.Kind,
        null when type.Type == "text/plain" => PayloadKind.Json,
        _ => null,
    };

    /// <summary>The reader and writer of a body, under a media type and a boundary of our own: the page can neither guess nor fill them. Limits are given where the shape of the body is watched.</summary>
    public static InjectionFeature Open(PayloadKind kind, MediaType type, InjectionPlan plan, PayloadLimits? watched = null)
    {
        var boundary = kind is PayloadKind.Multipart ? "ozgateway-" + RandomNumberGenerator.GetHexString(32, lowercase: true) : null;
        var written = kind switch
        {
            PayloadKind.Multipart => "multipart/form-data; boundary=" + boundary,
            PayloadKind.Form => "application/x-www-form-urlencoded",
            PayloadKind.Opaque => "application/octet-stream",
            _ => type.Type is "text/json" or "text/plain" ? type.Type : "application/json",
        };
        var rewriter = PayloadRewriter.Create(kind, plan, type.Boundary, boundary);
        return new InjectionFeature(kind, written, watched is null ? rewriter : new ShapeWatch(rewriter, kind, watched, type.Boundary));
    }

    /// <summary>What is set in a submission.</summary>
    public static InjectionPlan PlanOf(TransactionPolicy policy, TransactionRecord record, UserKey user) => new(new InjectionRules
    {
        Targets = policy.Metadata,
        Set = [.. policy.Set.Select(pair => KeyValuePair.Create(pair.Key, ValueOf(pair.Value, record.Id, user))), .. policy.Claims.Select(pair => KeyValuePair.Create(pair.Key, record.Claims.Find(pair.Value)!))],
        Strip = policy.Strip,
        Keep = policy.Keep,
        Watched = [.. policy.Set.Where(pair => pair.Value is MetadataValue.TransactionId).Select(pair => pair.Key)],
        RefuseForeign = policy.OnForeignId is ForeignIdAction.Refuse,
        Limits = policy.Limits,
    });

    private static string ValueOf(MetadataValue value, TransactionId id, UserKey user) => value switch
    {
        MetadataValue.TransactionId => id.Text,
        MetadataValue.UserKey => user.Pseudonym,
        _ => throw new InvalidOperationException($"Metadata value '{value}' has no source."),
    };
}
