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
    /// <param name="user">The user.</param>
    /// <param name="fresh">Its id.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="claims">What the user's token says for metadata, where there is one.</param>
    public ValueTask<TransactionRecord> IssueAsync(UserKey user, TransactionId fresh, TransactionPolicy policy, ClaimValues? claims = null)
    {
        lock (_lock)
        {
            var now = Forget();
            var open = IdsOf(user).Select(id => _records[id]).Where(record => record.IsOpen(now)).ToList();
            foreach (var oldest in open.Take(Math.Max(0, open.Count - policy.OpenLimit + 1)))
            {
                _records[oldest.Id] = oldest with { State = TransactionState.Revoked };
            }

            var record = Add(user, fresh, policy, now) with { Claims = claims ?? ClaimValues.None };
            return ValueTask.FromResult(_records[fresh] = record);
        }
    }

    /// <summary>Takes a submission: under the held transaction where it is open, else under a new one where the policy makes them.</summary>
    public ValueTask<SubmitDecision> SubmitAsync(SubmitCall call, TransactionPolicy policy)
    {
        lock (_lock)
        {
            var now = Forget();
            var held = call.Held is { } id ? _records.GetValueOrDefault(id) : null;
            var answer = call.Judge(held, policy, now);
            if (answer is SubmitOutcome.Accepted or SubmitOutcome.Issued)
            {
                var record = answer is SubmitOutcome.Accepted ? held! : Add(call.User, call.Fresh, policy, now);
                record = record with { State = TransactionState.Submitted, Uses = record.Uses + 1, SubmittedAt = now, Attempt = call.Attempt, Claims = call.ClaimsOver(held, policy) ?? ClaimValues.None };
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

    /// <summary>Marks a transaction as consumed: true for exactly one caller, false where it is consumed or revoked. One that is not remembered (after a restart) is remembered from now on.</summary>
    public ValueTask<bool> ConsumeAsync(UserKey user, TransactionId id, TransactionPolicy policy) =>
        ValueTask.FromResult(End(TransactionRecord.Issued(user, id, policy, id.IssuedAt), TransactionState.Consumed) is null);

    /// <summary>Withdraws a transaction; false where it is consumed. One that is not remembered is remembered from now on.</summary>
    public ValueTask<bool> RevokeAsync(UserKey user, TransactionId id, TransactionPolicy policy) =>
        ValueTask.FromResult(End(TransactionRecord.Issued(user, id, policy, id.IssuedAt), TransactionState.Revoked) is null or TransactionState.Revoked);

    /// <summary>A transaction by id, or null.</summary>
    public ValueTask<TransactionRecord?> FindAsync(TransactionId id)
    {
        lock (_lock)
        {
            var now = Forget();
            return ValueTask.FromResult(_records.GetValueOrDefault(id) is { } record ? record.Aged(now) : null);
        }
    }

    /// <summary>The newest transaction of a user, or null.</summary>
    public async ValueTask<TransactionRecord?> NewestAsync(UserKey user) => await NewestAsync(user, limit: 1) is [var newest] ? newest : null;

    /// <summary>The newest transactions of a user, newest first.</summary>
    public ValueTask<IReadOnlyList<TransactionRecord>> NewestAsync(UserKey user, int limit)
    {
        lock (_lock)
        {
            var now = Forget();
            return ValueTask.FromResult<IReadOnlyList<TransactionRecord>>([.. IdsOf(user).Reverse().Take(limit).Select(id => _records[id].Aged(now))]);
        }
    }

    // Null where it could be ended, else the end it has already.
    private TransactionState? End(TransactionRecord first, TransactionState end)
    {
        lock (_lock)
        {
            var now = Forget();
            var record = _records.GetValueOrDefault(first.Id);
            if (record is { State: TransactionState.Consumed or TransactionState.Revoked })
            {
                return record.State;
            }

            if (record is null)
            {
                Remember(first, now);
            }

            _records[first.Id] = (record ?? first) with { State = end };
            return null;
        }
    }

    private TransactionRecord Add(UserKey user, TransactionId id, TransactionPolicy policy, DateTimeOffset now)
    {
        var record = TransactionRecord.Issued(user, id, policy, now);
        Remember(record, now);
        return record;
    }

    private void Remember(TransactionRecord record, DateTimeOffset now)
    {
        _records.Add(record.Id, record);
        Of(record.User).Add(record.Id);
        _due.Enqueue(record.Id, record.ReadUntil > now ? record.ReadUntil : now);
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
        user.Names.SelectMany(name => _ofUser.GetValueOrDefault(name) ?? []);

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
}
