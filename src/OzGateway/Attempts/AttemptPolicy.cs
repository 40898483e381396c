using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Attempts;

/// <summary>How many attempts a user has.</summary>
internal sealed record AttemptPolicy
{
    private static readonly AttemptWindow[] DefaultWindows = [new(5, TimeSpan.FromMinutes(15)), new(15, TimeSpan.FromHours(24))];

    /// <summary>Names the budget: <c>default</c>, or the route's id where the route changes the policy; a point and more for groups and addresses. Routes with the same budget share it.</summary>
    public required string Budget { get; init; }

    /// <summary>What counts. Default started.</summary>
    public required AttemptCount Count { get; init; }

    /// <summary>All windows hold at once. Up to 8, none only with a lockout; default 5 in 15m and 15 in 24h.</summary>
    public required IReadOnlyList<AttemptWindow> Windows { get; init; }

    /// <summary>Most attempts given back per window. Default: the permit limit of that window (null).</summary>
    public int? RefundLimit { get; init; }

    /// <summary>After so many failures nobody tries for a while. Default none.</summary>
    public LockoutPolicy? Lockout { get; init; }

    /// <summary>Attempts in flight at once. Default any number (null).</summary>
    public int? Concurrency { get; init; }

    /// <summary>Calls of one check that are one attempt: the transaction's <c>uploads</c>. Default 1.</summary>
    public int Uploads { get; init; } = 1;

    /// <summary>What happens while the store is away. Default local.</summary>
    public StoreFailureAction OnStoreFailure { get; init; }

    /// <summary>What happens to one attempt too many. Default refuse.</summary>
    public ExceededAction OnExceeded { get; init; }

    /// <summary>Headers that tell the page what is left. Default draft-11.</summary>
    public QuotaHeaders Headers { get; init; }

    /// <summary>The policy of users told apart by their address only; null for this one.</summary>
    public AttemptPolicy? Anonymous { get; init; }

    /// <summary>Policies of groups by name.</summary>
    public IReadOnlyDictionary<string, AttemptPolicy> Groups { get; init; } = new Dictionary<string, AttemptPolicy>();

    /// <summary>The second line, of all users behind one address; null for none.</summary>
    public AttemptPolicy? PerAddress { get; init; }

    /// <summary>How long an attempt can matter.</summary>
    public TimeSpan Horizon => Windows.Select(window => window.Window).Append(Lockout?.Remember ?? TimeSpan.Zero).Max();

    /// <summary>Whether what is left may be told: not where it would tell how an attempt ended.</summary>
    public bool TellsRemaining => Headers is QuotaHeaders.Draft11 && Count is AttemptCount.Started && Lockout is null;

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="budget">Name of the budget.</param>
    /// <param name="errors">Where errors go.</param>
    public static AttemptPolicy? Create(AttemptOptions options, string path, string budget, ConfigurationErrors errors)
    {
        AttemptPolicy? policy = CreateRules(options, path, budget, errors);
        AttemptPolicy? anonymous = options.Anonymous is { } own ? CreateRules(Over(options, own), $"{path}.anonymous", $"{budget}.anonymous", errors) : null;
        AttemptPolicy? address = options.PerAddress is { } line ? CreateLine(line, $"{path}.per_address", $"{budget}.address", errors) : null;
        Dictionary<string, AttemptPolicy?> groups = [];
        foreach ((string name, AttemptRuleOptions group) in options.Groups ?? [])
        {
            groups[name] = CreateGroup(Over(options, group), name, path, (budget, errors));
        }

        if (policy is null || errors.AnyAt(path))
        {
            return null;
        }

        AttemptPolicy Like(AttemptPolicy other) => other with
        {
            OnStoreFailure = options.OnStoreFailure ?? StoreFailureAction.Local,
            OnExceeded = options.OnExceeded ?? ExceededAction.Refuse,
            Headers = options.Headers ?? QuotaHeaders.Draft11,
        };
        return Like(policy) with
        {
            Anonymous = anonymous is null ? null : Like(anonymous),
            PerAddress = address is null ? null : Like(address),
            Groups = groups.ToDictionary(group => group.Key, group => Like(group.Value!)),
        };
    }

    /// <summary>The same with so many calls to one attempt.</summary>
    public AttemptPolicy WithUploads(int uploads) => this with
    {
        Uploads = uploads,
        Anonymous = Anonymous is null ? null : Anonymous with { Uploads = uploads },
        PerAddress = PerAddress is null ? null : PerAddress with { Uploads = uploads },
        Groups = Groups.ToDictionary(group => group.Key, group => group.Value with { Uploads = uploads }),
    };

    /// <summary>The policy for whoever this is.</summary>
    public AttemptPolicy For(UserKeyFeature identity) =>
        identity.Group is { } group && Groups.TryGetValue(group, out AttemptPolicy? policy) ? policy
        : identity.IsAnonymous && Anonymous is not null ? Anonymous
        : this;

    private static AttemptPolicy? CreateGroup(AttemptRuleOptions rules, string name, string path, (string Budget, ConfigurationErrors Errors) context)
    {
        string at = $"{path}.groups.{name}";
        if (!TextShapes.IsName(name))
        {
            context.Errors.Add(at, ConfigurationCode.BadText, $"is not a name for a group. Allowed: {TextShapes.NameRule}.");
        }

        return CreateRules(rules, at, $"{context.Budget}.group.{name}", context.Errors);
    }

    private static AttemptPolicy? CreateRules(AttemptRuleOptions options, string path, string budget, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, path, errors);
        AttemptRuleOptions? preset = options.Preset is { } name ? AttemptPresets.Of(name) : null;
        LockoutPolicy? lockout = (options.Lockout ?? preset?.Lockout) is { } locks ? LockoutPolicy.Create(locks, $"{path}.lockout", errors) : null;
        IReadOnlyList<AttemptWindow> windows = (options.Windows ?? preset?.Windows) is not { } written ? DefaultWindows
            : written.Count == 0 && options.Windows is null ? []
            : AttemptWindows.Create(written, $"{path}.windows", errors);
        return errors.AnyAt(path) ? null : new AttemptPolicy
        {
            Budget = budget,
            Count = options.Count ?? preset?.Count ?? AttemptCount.Started,
            Windows = windows,
            RefundLimit = options.RefundLimit,
            Lockout = lockout,
            Concurrency = options.Concurrency,
        };
    }

    private static AttemptPolicy? CreateLine(AttemptAddressOptions options, string path, string budget, ConfigurationErrors errors) =>
        errors.Require(options.Windows, $"{path}.windows", "[{ permit_limit: 60, window: 1h }]") is { } windows
            ? CreateRules(new AttemptRuleOptions { Windows = windows, RefundLimit = 0 }, path, budget, errors)
            : null;

    private static AttemptRuleOptions Over(AttemptRuleOptions around, AttemptRuleOptions own) => new()
    {
        Preset = own.Preset ?? around.Preset,
        Count = own.Count ?? (own.Preset is null ? around.Count : null),
        Windows = own.Windows ?? (own.Preset is null ? around.Windows : null),
        Lockout = own.Lockout ?? (own.Preset is null ? around.Lockout : null),
        RefundLimit = own.RefundLimit ?? around.RefundLimit,
        Concurrency = own.Concurrency ?? around.Concurrency,
    };
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
