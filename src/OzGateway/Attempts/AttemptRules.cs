using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace OzGateway.Attempts;

/// <summary>A policy in the numbers that a decision needs, in milliseconds; made once for each policy.</summary>
internal sealed class AttemptRules
{
    /// <summary>What a user who is disabled is told to wait: only a reset helps, and a day later it may have come.</summary>
    public const long DisabledMs = 24 * 3600 * 1000L;

    /// <summary>What a user with too many calls in flight is told to wait: when one ends is not known.</summary>
    public const long BusyMs = 1000;

    /// <summary>A call in flight is forgotten after this long: no upload lasts longer, so its process has died.</summary>
    public const long RunningMs = 10 * 60 * 1000L;

    private const int FewestRemembered = 1024;

    private static readonly ConditionalWeakTable<AttemptPolicy, AttemptRules> Made = [];

    private AttemptRules(AttemptPolicy policy)
    {
        CountsSucceeded = policy.Count is AttemptCount.Started;
        WindowMs = [.. policy.Windows.Select(window => (long)window.Window.TotalMilliseconds)];
        Limits = [.. policy.Windows.Select(window => window.PermitLimit)];
        Lockout = policy.Lockout;
        HorizonMs = (long)policy.Horizon.TotalMilliseconds;
        RefundWindowMs = Limits.Length > 0 ? WindowMs : [HorizonMs];
        RefundLimits = Limits.Length > 0 ? [.. Limits.Select(limit => policy.RefundLimit ?? limit)] : [policy.RefundLimit ?? Lockout?.After ?? 0];
        Uploads = policy.Uploads;
        Concurrency = policy.Concurrency ?? 0;
        LogLimit = Math.Max(FewestRemembered, 2 * Limits.DefaultIfEmpty().Max());
        Span<byte> seed = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes("attempts of " + policy.Budget), seed);
        Seed = (BinaryPrimitives.ReadUInt64LittleEndian(seed), BinaryPrimitives.ReadUInt64LittleEndian(seed[8..]));
    }

    /// <summary>Whether an attempt that succeeded counts.</summary>
    public bool CountsSucceeded { get; }

    /// <summary>Lengths of the windows.</summary>
    public long[] WindowMs { get; }

    /// <summary>Their permit limits.</summary>
    public int[] Limits { get; }

    /// <summary>Lengths of the windows in which refunds are counted.</summary>
    public long[] RefundWindowMs { get; }

    /// <summary>Most refunds in each.</summary>
    public int[] RefundLimits { get; }

    /// <summary>The lockout, or null.</summary>
    public LockoutPolicy? Lockout { get; }

    /// <summary>How long an attempt can matter.</summary>
    public long HorizonMs { get; }

    /// <summary>Calls of one check that are one attempt.</summary>
    public int Uploads { get; }

    /// <summary>Attempts in flight at once; 0 for any number.</summary>
    public int Concurrency { get; }

    /// <summary>Attempts remembered of one user; with more, the oldest must leave first.</summary>
    public int LogLimit { get; }

    /// <summary>Keeps the users of one budget apart from those of another.</summary>
    public (ulong Low, ulong High) Seed { get; }

    /// <summary>The rules of a policy.</summary>
    public static AttemptRules Of(AttemptPolicy policy) => Made.GetValue(policy, static key => new AttemptRules(key));

    /// <summary>How long the lockout with this many before it lasts.</summary>
    public static long DelayMs(LockoutPolicy lockout, int before)
    {
        var most = (long)lockout.Max.TotalMilliseconds;
        var delay = Math.Min(most, (long)lockout.Delay.TotalMilliseconds);
        for (; before > 0 && delay < most && lockout.Factor > 1; before--)
        {
            delay = Math.Min(most, delay * lockout.Factor);
        }

        return delay;
    }
}
