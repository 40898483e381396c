using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Transactions;

namespace OzGateway.Verdicts;

/// <summary>Proves transactions, reads their verdicts at Oz API and closes them with it.</summary>
internal sealed class VerdictReader(
    UserKeyPolicy users, TransactionPolicy transactions, InMemoryTransactionLedger ledger, VerdictFolders folders, VerdictWaiter waiter, TimeProvider time)
{
    /// <summary>The transaction of a text and a user, or null where it is none of this user's. Forged and foreign ids cost no call: the id proves itself.</summary>
    /// <param name="text">What the caller sent.</param>
    /// <param name="user">The user whom the caller named, or null.</param>
    public async ValueTask<ProvenTransaction?> ProveAsync(string text, UserKey? user)
    {
        if (!TransactionId.TryParse(text, out var id))
        {
            return null;
        }

        var record = await ledger.FindAsync(id);
        // The id proves itself together with its user; without the user only the ledger can vouch for it.
        var owner = user ?? record?.User;
        return owner is not null && id.IsIssuedTo(users.Keys, owner) ? new ProvenTransaction(id, owner, user is not null, record) : null;
    }

    /// <summary>The decision on a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="wait">How long to wait for an end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OzApiException">Oz API cannot be asked.</exception>
    public Task<VerdictDecision> DecideAsync(ProvenTransaction transaction, TimeSpan wait, CancellationToken cancellationToken)
    {
        var id = transaction.Id;
        var readUntil = transaction.Record?.ReadUntil ?? id.IssuedAt + transactions.ReadWithin;
        return readUntil <= time.GetUtcNow()
            ? Task.FromResult(new VerdictDecision(VerdictOutcome.NotFound, "expired"))
            : waiter.AskAsync(id, stop => folders.DecideAsync(id, stop), wait, cancellationToken);
    }

    /// <summary>The answer to a caller: as much as its rights allow.</summary>
    public Verdict Tell(ProvenTransaction transaction, VerdictDecision decision, BackendRights rights) => new()
    {
        TransactionId = transaction.Id.Text,
        Outcome = decision.Outcome,
        Reason = decision.Reason,
        UserChecked = transaction.UserChecked,
        Consumed = transaction.IsConsumed,
        FolderId = decision.Folder?.FolderId,
        Analyses = decision.Folder?.Analyses?.Select(analysis => VerdictDetails.Of(analysis, rights)).ToList(),
        Media = rights.HasFlag(BackendRights.Media) && decision.Folder is { } folder ? VerdictDetails.MediaOf(folder) : null,
        IssuedAt = transaction.Record?.IssuedAt ?? transaction.Id.IssuedAt,
        SubmittedAt = transaction.Record?.SubmittedAt,
        Submissions = transaction.Record?.Uses,
        RelaySuspected = transaction.Record?.RelaySuspected,
        SupportRef = transaction.Id.SupportRef(users.Keys),
    };

    /// <summary>Consumes a transaction whose check has come to its end: true for exactly one caller.</summary>
    public ValueTask<bool> ConsumeAsync(ProvenTransaction transaction) => ledger.ConsumeAsync(transaction.Owner, transaction.Id, transactions);

    /// <summary>Withdraws a transaction; false where it was consumed before.</summary>
    public ValueTask<bool> RevokeAsync(ProvenTransaction transaction) => ledger.RevokeAsync(transaction.Owner, transaction.Id, transactions);
}
