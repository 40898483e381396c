using OzGateway.Problems;

namespace OzGateway.Attempts;

/// <summary>How many attempts a user has.</summary>
internal sealed record AttemptPolicy
{
    private const int MaxWindows = 8;

    private static readonly AttemptWindow[] DefaultWindows = [new(5, TimeSpan.FromMinutes(15)), new(15, TimeSpan.FromHours(24))];

    /// <summary>Names the budget: <c>default</c>, or the route's id where the route changes the policy. Routes with the same budget share it.</summary>
    public required string Budget { get; init; }

    /// <summary>What counts. Default started.</summary>
    public required AttemptCount Count { get; init; }

    /// <summary>All windows hold at once. 1 to 8 of them; default 5 in 15m and 15 in 24h.</summary>
    public required IReadOnlyList<AttemptWindow> Windows { get; init; }

    /// <summary>Most attempts given back per window. Default: the permit limit of that window (null).</summary>
    public int? RefundLimit { get; init; }

    /// <summary>Calls of one check that are one attempt: the transaction's <c>uploads</c>. Default 1.</summary>
    public int Uploads { get; init; } = 1;

    /// <summary>How long an attempt can matter.</summary>
    public TimeSpan LongestWindow => Windows.Max(window => window.Window);

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="budget">Name of the budget.</param>
    /// <param name="errors">Where errors go.</param>
    public static AttemptPolicy? Create(AttemptOptions options, string path, string budget, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, path, errors);
        IReadOnlyList<AttemptWindow> windows = options.Windows is { } written ? CreateWindows(written, $"{path}.windows", errors) : DefaultWindows;
        return errors.AnyAt(path) ? null : new AttemptPolicy
        {
            Budget = budget,
            Count = options.Count ?? AttemptCount.Started,
            Windows = windows,
            RefundLimit = options.RefundLimit,
        };
    }

    private static List<AttemptWindow> CreateWindows(List<AttemptWindowOptions> options, string path, ConfigurationErrors errors)
    {
        if (options.Count is < 1 or > MaxWindows)
        {
            errors.Add(path, ConfigurationCode.OutOfRange, $"has {options.Count} windows. Allowed: 1 to {MaxWindows}. To take attempts away from a route, write 'attempts: none' there.");
        }

        List<AttemptWindow> windows = [];
        for (int index = 0; index < options.Count; index++)
        {
            string at = $"{path}[{index}]";
            OptionRanges.Check(options[index], at, errors);
            int permitLimit = errors.Require(options[index].PermitLimit, $"{at}.permit_limit", "5") ?? 0;
            TimeSpan window = errors.Require(options[index].Window, $"{at}.window", "15m") ?? TimeSpan.Zero;
            if (options[index].Window is not null && windows.FindIndex(earlier => earlier.Window == window) is >= 0 and int twin)
            {
                errors.Add($"{at}.window", ConfigurationCode.Duplicate, $"is the length of windows[{twin}] as well. Keep the stricter of the two.");
            }

            windows.Add(new AttemptWindow(permitLimit, window));
        }

        return windows;
    }
}

/// <summary>What counts against the limit.</summary>
internal enum AttemptCount
{
    /// <summary>Every attempt, whatever its outcome.</summary>
    Started,

    /// <summary>Attempts that did not succeed; a pending one counts as failed until it is settled.</summary>
    Failed,
}

/// <summary>One sliding window.</summary>
/// <param name="PermitLimit">Attempts within the window. 1 to 10000.</param>
/// <param name="Window">Length. 1s to 30d.</param>
internal sealed record AttemptWindow(int PermitLimit, TimeSpan Window);
