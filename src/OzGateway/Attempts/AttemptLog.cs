using System.Buffers;

namespace OzGateway.Attempts;

/// <summary>The attempts of one user in one budget, oldest first, under the rules of a policy: exact sliding windows and lockouts. Changes entries in place, never their number.</summary>
/// <param name="entries">The attempts.</param>
/// <param name="rules">The rules.</param>
/// <param name="now">Milliseconds on the limiter's clock; never goes back.</param>
internal readonly ref struct AttemptLog(Span<AttemptEntry> entries, AttemptRules rules, long now)
{
    private const int FewEntries = 128;

    private readonly Span<AttemptEntry> _entries = entries;

    /// <summary>Moves what can still matter to the front and says how many that are. Who is disabled stays so: nothing of that user is forgotten.</summary>
    public int Forget()
    {
        if (IsDisabled())
        {
            return _entries.Length;
        }

        var kept = 0;
        foreach (var entry in _entries)
        {
            if (entry.Time > now - rules.HorizonMs)
            {
                _entries[kept++] = entry;
            }
        }

        return kept;
    }

    /// <summary>Place of an attempt, or -1.</summary>
    public int Find(ulong id)
    {
        for (var index = 0; index < _entries.Length; index++)
        {
            if (_entries[index].Id == id && _entries[index].State is not AttemptState.GivenBack)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Whether a call belongs to an attempt that was counted: pending, with calls left.</summary>
    public bool Covers(int index) => index >= 0 && _entries[index].State is AttemptState.Pending && _entries[index].Calls < rules.Uploads;

    /// <summary>What a further attempt would meet: the wait (0 where it may begin) and the window that decides next.</summary>
    /// <param name="begins">Whether a new attempt begins if it may: it is then in the numbers told.</param>
    public (long WaitMs, AttemptQuota? Quota) Weigh(bool begins)
    {
        var rented = _entries.Length > FewEntries ? ArrayPool<long>.Shared.Rent(_entries.Length) : null;
        Span<long> times = rented ?? stackalloc long[FewEntries];
        var counted = CountedTimes(times);
        var (wait, quota) = WeighWindows(times[..counted], begins);
        if (rented is not null)
        {
            ArrayPool<long>.Shared.Return(rented);
        }

        var others = Math.Max(LockWait(), Math.Max(BusyWait(), FullWait()));
        return !begins ? (0, quota) : (Math.Max(wait, others), wait > 0 || others == 0 ? quota : null);
    }

    /// <summary>Whether one more may be given back now.</summary>
    public bool MayGiveBack()
    {
        for (var window = 0; window < rules.RefundWindowMs.Length; window++)
        {
            var given = 0;
            foreach (var entry in _entries)
            {
                given += entry.State is AttemptState.GivenBack && entry.Time > now - rules.RefundWindowMs[window] ? 1 : 0;
            }

            if (given >= rules.RefundLimits[window])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether only a reset helps.</summary>
    public bool IsDisabled() => Lock().Disabled;

    /// <summary>Where the user stands.</summary>
    public AttemptStanding Stand()
    {
        var counted = new int[rules.WindowMs.Length];
        var (pending, given) = (0, 0);
        foreach (var entry in _entries)
        {
            pending += entry.State is AttemptState.Pending ? 1 : 0;
            given += entry.State is AttemptState.GivenBack ? 1 : 0;
            for (var window = 0; window < counted.Length; window++)
            {
                counted[window] += Counts(entry) && entry.Time > now - rules.WindowMs[window] ? 1 : 0;
            }
        }

        return new AttemptStanding
        {
            Counted = counted,
            Pending = pending,
            GivenBack = given,
            RetryAfter = TimeSpan.FromMilliseconds(Weigh(begins: true).WaitMs),
            Disabled = IsDisabled(),
        };
    }

    private (long WaitMs, AttemptQuota? Quota) WeighWindows(ReadOnlySpan<long> times, bool begins)
    {
        long longest = 0;
        AttemptQuota? quota = null;
        for (var window = 0; window < rules.WindowMs.Length; window++)
        {
            var (length, limit) = (rules.WindowMs[window], rules.Limits[window]);
            var first = times.Length;
            while (first > 0 && times[first - 1] > now - length)
            {
                first--;
            }

            var inside = times.Length - first;
            var wait = begins && inside >= limit ? times[^limit] + length - now : 0;
            var remaining = Math.Max(0, limit - inside - (begins ? 1 : 0));
            var reset = wait > 0 ? wait : inside > 0 ? times[first] + length - now : begins ? length : 0;
            if (wait > longest || (longest == 0 && (quota is not { } told || remaining < told.Remaining || (remaining == told.Remaining && reset > told.Reset.TotalMilliseconds))))
            {
                quota = new AttemptQuota(window, remaining, TimeSpan.FromMilliseconds(reset));
            }

            longest = Math.Max(longest, wait);
        }

        return (longest, quota);
    }

    private int CountedTimes(Span<long> times)
    {
        var counted = 0;
        foreach (var entry in _entries)
        {
            if (Counts(entry))
            {
                times[counted++] = entry.Time;
            }
        }

        return counted;
    }

    private bool Counts(in AttemptEntry entry) => entry.State switch
    {
        AttemptState.Pending or AttemptState.Declined => true,
        AttemptState.Succeeded => rules.CountsSucceeded,
        AttemptState.GivenBack => false,
        _ => throw new InvalidOperationException($"Attempt state '{entry.State}' has no rule."),
    };

    private long LockWait()
    {
        var (until, disabled) = Lock();
        return disabled ? AttemptRules.DisabledMs : Math.Max(0, until - now);
    }

    private long BusyWait()
    {
        var running = 0;
        for (var index = 0; rules.Concurrency > 0 && index < _entries.Length; index++)
        {
            running += _entries[index].Running > 0 && _entries[index].Time > now - AttemptRules.RunningMs ? 1 : 0;
        }

        return rules.Concurrency > 0 && running >= rules.Concurrency ? AttemptRules.BusyMs : 0;
    }

    private long FullWait() => _entries.Length < rules.LogLimit ? 0 : _entries[0].Time + rules.HorizonMs - now;

    private (long UntilMs, bool Disabled) Lock() => rules.Lockout switch
    {
        null => (0, false),
        { Within: { } within } lockout => LockWithin(lockout, (long)within.TotalMilliseconds),
        var lockout => LockInARow(lockout),
    };

    private (long UntilMs, bool Disabled) LockInARow(LockoutPolicy lockout)
    {
        var (row, until) = (0, 0L);
        foreach (var entry in _entries)
        {
            if (entry.State is AttemptState.Succeeded)
            {
                (row, until) = (0, 0);
            }
            else if (entry.State is not AttemptState.GivenBack && ++row >= lockout.After)
            {
                until = entry.Time + AttemptRules.DelayMs(lockout, row - lockout.After);
            }
        }

        return (until, row >= lockout.DisableAfter);
    }

    private (long UntilMs, bool Disabled) LockWithin(LockoutPolicy lockout, long withinMs)
    {
        var (failures, first, lockouts, until) = (0, 0, 0, 0L);
        for (var index = 0; index < _entries.Length; index++)
        {
            var entry = _entries[index];
            if (entry.State is AttemptState.Succeeded)
            {
                (failures, first) = (0, index + 1);
            }
            else if (entry.State is not AttemptState.GivenBack)
            {
                failures++;
                for (; _entries[first].Time <= entry.Time - withinMs; first++)
                {
                    failures -= _entries[first].State is AttemptState.GivenBack ? 0 : 1;
                }

                if (failures >= lockout.After)
                {
                    until = entry.Time + AttemptRules.DelayMs(lockout, lockouts++);
                    (failures, first) = (0, index + 1);
                }
            }
        }

        return (until, lockouts >= lockout.DisableAfter);
    }
}
