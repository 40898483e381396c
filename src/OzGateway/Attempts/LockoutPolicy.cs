using OzGateway.Problems;

namespace OzGateway.Attempts;

/// <summary>After so many failures nobody tries for a while. A pending attempt counts as failed until it is settled; a success ends a row of failures.</summary>
internal sealed record LockoutPolicy
{
    /// <summary>Failures that lock. 1 to 1000.</summary>
    public required int After { get; init; }

    /// <summary>The failures must lie within this time, and after a lockout they are counted anew. Null: failures in a row, and each further one locks again.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Length of the first lockout, from the start of the attempt that failed. 1s to 24h.</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>Each further lockout is this much longer. 1 to 10; default 2.</summary>
    public required int Factor { get; init; }

    /// <summary>Longest lockout. 1s to 30d; default 24h.</summary>
    public required TimeSpan Max { get; init; }

    /// <summary>How long failures and lockouts are remembered. 1m to 30d; default 7d.</summary>
    public required TimeSpan Remember { get; init; }

    /// <summary>Only a reset helps after this many lockouts (with <see cref="Within"/>) or failures in a row (without); null for never. 1 to 1000.</summary>
    public int? DisableAfter { get; init; }

    /// <summary>The policy that the options mean.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static LockoutPolicy? Create(LockoutOptions options, string path, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, path, errors);
        int after = errors.Require(options.After, $"{path}.after", "5") ?? 0;
        TimeSpan delay = errors.Require(options.Delay, $"{path}.delay", "30s") ?? TimeSpan.Zero;
        TimeSpan max = options.Max ?? (delay > TimeSpan.FromHours(24) ? delay : TimeSpan.FromHours(24));
        TimeSpan remember = options.Remember ?? TimeSpan.FromDays(7);
        if (max < delay)
        {
            errors.Add($"{path}.max", ConfigurationCode.Contradiction, $"is shorter than delay ({UnitText.Print(max)} and {UnitText.Print(delay)}). The first lockout is never longer than the longest.");
        }

        if (remember < max || remember < options.Within)
        {
            errors.Add(options.Remember is null ? path : $"{path}.remember", ConfigurationCode.Contradiction, $"remembers failures for {UnitText.Print(remember)}, which is shorter than max or within: a lockout would be forgotten before it ends.");
        }

        if (options.Within is null && options.DisableAfter < after)
        {
            errors.Add($"{path}.disable_after", ConfigurationCode.Contradiction, "is less than after: the user would be disabled before the first lockout.");
        }

        return errors.AnyAt(path) ? null : new LockoutPolicy
        {
            After = after,
            Within = options.Within,
            Delay = delay,
            Factor = options.Factor ?? 2,
            Max = max,
            Remember = remember,
            DisableAfter = options.DisableAfter,
        };
    }
}
