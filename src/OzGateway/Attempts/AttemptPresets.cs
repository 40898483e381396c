namespace OzGateway.Attempts;

/// <summary>What the names of presets mean.</summary>
internal static class AttemptPresets
{
    // Amazon Rekognition Face Liveness, "shared responsibility": 5 failed attempts in 3 minutes, then a pause of 30 to 60 minutes.
    private static readonly AttemptRuleOptions AwsLiveness = new()
    {
        Count = AttemptCount.Failed,
        Windows = [],
        Lockout = new LockoutOptions
        {
            After = 5,
            Within = TimeSpan.FromMinutes(3),
            Delay = TimeSpan.FromMinutes(30),
            Factor = 2,
            Max = TimeSpan.FromHours(24),
            Remember = TimeSpan.FromDays(7),
            DisableAfter = 4,
        },
    };

    private static readonly AttemptRuleOptions Strict3 = new()
    {
        Count = AttemptCount.Started,
        Windows = [new AttemptWindowOptions { PermitLimit = 3, Window = TimeSpan.FromHours(24) }],
    };

    private static readonly AttemptRuleOptions Nist = OfNist(5, 50);

    private static readonly AttemptRuleOptions NistPad = OfNist(10, 100);

    /// <summary>The rules of a preset.</summary>
    public static AttemptRuleOptions Of(AttemptPreset preset) => preset switch
    {
        AttemptPreset.AwsLiveness => AwsLiveness,
        AttemptPreset.Nist80063b => Nist,
        AttemptPreset.Nist80063bPad => NistPad,
        AttemptPreset.Strict3 => Strict3,
        _ => throw new InvalidOperationException($"Preset '{preset}' has no rules."),
    };

    /// <summary>What is inherited beneath a section: a preset there takes the place of count, windows and lockout.</summary>
    public static AttemptOptions Beneath(AttemptOptions inherited, AttemptRuleOptions own) => own.Preset is null ? inherited : new AttemptOptions
    {
        RefundLimit = inherited.RefundLimit,
        Concurrency = inherited.Concurrency,
        Anonymous = inherited.Anonymous,
        Groups = inherited.Groups,
        PerAddress = inherited.PerAddress,
        OnStoreFailure = inherited.OnStoreFailure,
        OnExceeded = inherited.OnExceeded,
        Headers = inherited.Headers,
    };

    // NIST SP 800-63B, 5.2.3: a delay of at least 30 seconds before each further attempt, with an overall limit of failures in a row.
    private static AttemptRuleOptions OfNist(int after, int disableAfter) => new()
    {
        Count = AttemptCount.Failed,
        Windows = [],
        Lockout = new LockoutOptions
        {
            After = after,
            Delay = TimeSpan.FromSeconds(30),
            Factor = 1,
            Max = TimeSpan.FromSeconds(30),
            Remember = TimeSpan.FromDays(30),
            DisableAfter = disableAfter,
        },
    };
}
