using OzGateway.Identity;

namespace OzGateway.Transactions;

/// <summary>Remembers transactions in this process until their time to read is over. One lock: every verb is a few dictionary steps.</summary>
internal sealed class InMemoryTransactionLedger(TimeProvider time)
{
    private const int MaxGivenBack = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<TransactionId, TransactionRecord> _records = [];
    private readonly Dictionary<UserKey, List<TransactionId>> _ofUser = [];
    private readonly Dictionary<FolderId, TransactionId> _ofFolder = [];
    private readonly PriorityQueue<TransactionId, DateTimeOffset> _due = new();

    /// <summary>Transactions remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _records.Count;
            }
        }
    }

    /// <summary>Makes a transaction for a user; one more than the open limit revokes the oldest open one.</summary>
    public ValueTask<TransactionRecord> IssueAsync(UserKey user, TransactionId fresh, TransactionPolicy policy)
    {
        lock (_lock)
        {
            var now = Forget();
            var open = IdsOf(user).Select(id => _records[id]).Where(record => IsOpen(record, now)).ToList();
            foreach (var oldest in open.Take(Math.Max(0, open.Count - policy.OpenLimit + 1)))
            {
                _records[oldest.Id] = oldest with { State = TransactionState.Revoked };
            }

            return ValueTask.FromResult(Add(user, fresh, policy, now));
        }
    }

    /// <summary>Takes a submission: under the held transaction where it is open, else under a new one where the policy makes them.</summary>
    public ValueTask<SubmitDecision> SubmitAsync(SubmitCall call, TransactionPolicy policy)
    {
        lock (_lock)
        {
            var now = Forget();
            var held = call.Held is { } id ? _records.GetValueOrDefault(id) : null;
            var answer = Judge(call, held, policy, now);
            if (answer is SubmitOutcome.Accepted or SubmitOutcome.Issued)
            {
                var record = answer is SubmitOutcome.Accepted ? held! : Add(call.User, call.Fresh, policy, now);
                record = record with { State = TransactionState.Submitted, Uses = record.Uses + 1, SubmittedAt = now, Attempt = call.Attempt };
                _records[record.Id] = record;
                return ValueTask.FromResult(new SubmitDecision(answer, record));
            }

            return ValueTask.FromResult(new SubmitDecision(answer, null));
        }
    }

    /// <summary>Gives one use back, at most three times; true where it was.</summary>
    public ValueTask<bool> GiveBackAsync(TransactionId id)
    {
        lock (_lock)
        {
            if (_records.GetValueOrDefault(id) is not { State: TransactionState.Submitted, GivenBack: < MaxGivenBack } record)
            {
                return ValueTask.FromResult(false);
            }

            _records[id] = record with
            {
                Uses = record.Uses - 1,
                GivenBack = record.GivenBack + 1,
                State = record.Uses == 1 ? TransactionState.Issued : record.State,
            };
            return ValueTask.FromResult(true);
        }
    }

    /// <summary>Closes a transaction with how its check ended. Exactly one caller wins and gets the record; everybody else gets null.</summary>
    public ValueTask<TransactionRecord?> CloseAsync(TransactionId id, CheckOutcome outcome) =>
        ValueTask.FromResult(Replace(id, record => record is { Outcome: null, State: not TransactionState.Issued }
            ? record with { Outcome = outcome, State = record.State is TransactionState.Submitted ? TransactionState.Finished : record.State }
            : null));

    /// <summary>Marks that the adapter called the check finished.</summary>
    public ValueTask FinishAsync(TransactionId id)
    {
        Replace(id, record => record.State is TransactionState.Submitted ? record with { State = TransactionState.Finished } : null);
        return ValueTask.CompletedTask;
    }

    /// <summary>Binds the folder that the adapter named in the answer to a submission. A folder belongs to one transaction, and a transaction has one.</summary>
    public ValueTask<BindOutcome> BindFolderAsync(TransactionId id, FolderId folder)
    {
        lock (_lock)
        {
            if (_records.GetValueOrDefault(id) is not { } record)
            {
                return ValueTask.FromResult(BindOutcome.Unknown);
            }

            var isForeign = _ofFolder.TryGetValue(folder, out var owner) && !owner.Equals(id);
            if (isForeign || (record.Folder is { } bound && !bound.Equals(folder)))
            {
                _records[id] = record with { HasSecondFolder = true };
                return ValueTask.FromResult(isForeign ? BindOutcome.Foreign : BindOutcome.Second);
            }

            _ofFolder[folder] = id;
            _records[id] = record with { Folder = folder };
            return ValueTask.FromResult(BindOutcome.Bound);
        }
    }

    /// <summary>Marks that a submission named another transaction.</summary>
    public ValueTask SuspectRelayAsync(TransactionId id)
    {
        Replace(id, record => record with { RelaySuspected = true });
        return ValueTask.CompletedTask;
    }

    /// <summary>A transaction by id, or null.</summary>
    public ValueTask<TransactionRecord?> FindAsync(TransactionId id)
    {
        lock (_lock)
        {
            var now = Forget();
            return ValueTask.FromResult(_records.GetValueOrDefault(id) is { } record ? Aged(record, now) : null);
        }
    }

    /// <summary>The newest transaction of a user, or null.</summary>
    public ValueTask<TransactionRecord?> NewestAsync(UserKey user)
    {
        lock (_lock)
        {
            var now = Forget();
            return ValueTask.FromResult(IdsOf(user).LastOrDefault() is { } newest ? Aged(_records[newest], now) : null);
        }
    }

    private static SubmitOutcome Judge(SubmitCall call, TransactionRecord? held, TransactionPolicy policy, DateTimeOffset now)
    {
        var mayIssue = policy.Issue is TransactionIssue.Implicit;
        if (call.Held is null)
        {
            return mayIssue ? SubmitOutcome.Issued : SubmitOutcome.Required;
        }

        // A ticket proves who and when, not that its transaction is unused: what the ledger does not remember is over.
        if (held is null || !call.User.Includes(held.User) || held.State is TransactionState.Revoked || held.SubmitUntil <= now)
        {
            return mayIssue ? SubmitOutcome.Issued : SubmitOutcome.Expired;
        }

        // An attempt that is not the held one means that the held one has had its attempt.
        var open = held.State is TransactionState.Issued or TransactionState.Submitted
            && held.Uses < policy.Uploads
            && (call.Attempt is null || call.Attempt.Id.Equals(call.Held));
        return open ? SubmitOutcome.Accepted : mayIssue ? SubmitOutcome.Issued : SubmitOutcome.Used;
    }

    private TransactionRecord Add(UserKey user, TransactionId id, TransactionPolicy policy, DateTimeOffset now)
    {
        var record = new TransactionRecord
        {
            Id = id,
            User = user,
            IssuedAt = now,
            SubmitUntil = now + policy.SubmitWithin,
            ReadUntil = now + policy.ReadWithin,
        };
        _records.Add(id, record);
        Of(user).Add(id);
        _due.Enqueue(id, record.ReadUntil);
        return record;
    }

    private TransactionRecord? Replace(TransactionId id, Func<TransactionRecord, TransactionRecord?> change)
    {
        lock (_lock)
        {
            if (_records.GetValueOrDefault(id) is not { } record || change(record) is not { } changed)
            {
                return null;
            }

            return _records[id] = changed;
        }
    }

    // What was issued under a previous secret is older, and still this user's.
    private IEnumerable<TransactionId> IdsOf(UserKey user) =>
        user.Former.Reverse().Append(user).SelectMany(name => _ofUser.GetValueOrDefault(name) ?? []);

    private List<TransactionId> Of(UserKey user)
    {
        if (!_ofUser.TryGetValue(user, out var ids))
        {
            _ofUser.Add(user, ids = []);
        }

        return ids;
    }

    private DateTimeOffset Forget()
    {
        var now = time.GetUtcNow();
        while (_due.TryPeek(out var id, out var until) && until <= now)
        {
            _due.Dequeue();
            var record = _records[id];
            _records.Remove(id);
            if (record.Folder is { } folder)
            {
                _ofFolder.Remove(folder);
            }

            var ids = _ofUser[record.User];
            ids.Remove(id);
            if (ids.Count == 0)
            {
                _ofUser.Remove(record.User);
            }
        }

        return now;
    }

    private static bool IsOpen(TransactionRecord record, DateTimeOffset now) =>
        record.State is TransactionState.Issued && record.SubmitUntil > now;

    private static TransactionRecord Aged(TransactionRecord record, DateTimeOffset now) =>
        record.State is TransactionState.Issued && record.SubmitUntil <= now ? record with { State = TransactionState.Expired } : record;
}
