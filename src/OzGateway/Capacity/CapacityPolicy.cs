using System.Threading.RateLimiting;
using OzGateway.Problems;

namespace OzGateway.Capacity;

/// <summary>How much may be asked, whatever the attempts say.</summary>
/// <param name="Name">Key under <c>capacity</c>.</param>
/// <param name="PermitLimit">Calls within the window, 1 to 1000000; or at once, 1 to 100000.</param>
/// <param name="Window">Length, 1s to 1h; zero for calls at once.</param>
internal sealed record CapacityPolicy(string Name, int PermitLimit, TimeSpan Window)
{
    /// <summary>Who shares it. Default caller.</summary>
    public CapacityScope Per { get; init; }

    /// <summary>Whether it is known who shares it before anybody's token is looked at.</summary>
    public bool IsByAddress => Per is CapacityScope.Address;

    /// <summary>Whether calls at once are limited, not calls in a time.</summary>
    public bool IsConcurrency => Window == TimeSpan.Zero;

    /// <summary>Makes the limiter of those who share it.</summary>
    public Func<CapacityShare, RateLimiter> Limiter => _ => IsConcurrency
        ? new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = PermitLimit, QueueLimit = 0 })
        : new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions { PermitLimit = PermitLimit, Window = Window, QueueLimit = 0, AutoReplenishment = false });

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="name">Its key under <c>capacity</c>.</param>
    /// <param name="errors">Where errors go.</param>
    public static CapacityPolicy? Create(CapacityOptions options, string name, ConfigurationErrors errors)
    {
        string path = $"capacity.{name}";
        if (name == "none" || !TextShapes.IsName(name))
        {
            errors.Add(path, ConfigurationCode.BadText, $"is not a name for a limit. Allowed: {TextShapes.NameRule}, but not the word none.");
        }

        OptionRanges.Check(options, path, errors);
        CapacityScope scope = options.Per ?? CapacityPlan.ScopeOf(name);
        if (options.Concurrency is { } concurrency)
        {
            if (options.PermitLimit is not null || options.Window is not null)
            {
                errors.Add(path, ConfigurationCode.ExactlyOne, "limits calls in a time and calls at once. Write either permit_limit and window, or concurrency, and the other under a name of its own.");
            }

            return errors.AnyAt(path) ? null : new CapacityPolicy(name, concurrency, TimeSpan.Zero) { Per = scope };
        }

        int permitLimit = errors.Require(options.PermitLimit, $"{path}.permit_limit", "240") ?? 0;
        TimeSpan window = errors.Require(options.Window, $"{path}.window", "1m") ?? TimeSpan.Zero;
        return errors.AnyAt(path) ? null : new CapacityPolicy(name, permitLimit, window) { Per = scope };
    }
}
