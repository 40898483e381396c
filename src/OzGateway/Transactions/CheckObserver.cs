using OzGateway.Audit;
using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Telemetry;

namespace OzGateway.Transactions;

/// <summary>What an answer of the adapter says about a check. Never printed.</summary>
/// <param name="IsFinished">It is over.</param>
/// <param name="Folder">Its folder, or null.</param>
/// <param name="Outcome">How it ended, or null where that is not said for certain.</param>
internal sealed record CheckSeen(bool IsFinished, FolderId? Folder, CheckOutcome? Outcome)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(CheckSeen);
}

/// <summary>
/// News of a check from the adapter's answers. The answer to a transaction's own submission binds its folder. A poll names the adapter's session,
/// not our ticket: it closes a transaction only where it carries the folder that is bound already.
/// </summary>
internal sealed partial class CheckObserver(
    InMemoryTransactionLedger ledger, TransactionClosing closing, GatewayMetrics metrics, AuditTrail audit, ILogger<CheckObserver> logger)
{
    /// <summary>Takes the news down.</summary>
    public async ValueTask SeeAsync(HttpContext context, TransactionFeature transaction, CheckSeen seen)
    {
        var isBound = seen.Folder is { } folder && await (transaction.Record is null ? IsBoundAsync(transaction.Id, folder) : BindAsync(context, transaction.Id, folder));
        if (isBound && seen is { IsFinished: true, Outcome: { } outcome })
        {
            await closing.CloseAsync(transaction.Id, outcome, CancellationToken.None);
        }
        else if (seen.IsFinished)
        {
            await closing.FinishAsync(transaction.Id);
        }
    }

    private async ValueTask<bool> IsBoundAsync(TransactionId id, FolderId folder) =>
        await ledger.FindAsync(id) is { HasSecondFolder: false, Folder: { } bound } && bound.Equals(folder);

    private async ValueTask<bool> BindAsync(HttpContext context, TransactionId id, FolderId folder)
    {
        var outcome = await ledger.BindFolderAsync(id, folder);
        switch (outcome)
        {
            case BindOutcome.Bound:
                return true;
            case BindOutcome.Unknown:
                return false;
            case BindOutcome.Second or BindOutcome.Foreign:
                await AlarmAsync(context, id, TelemetryNames.Word(outcome));
                return false;
            default:
                throw new InvalidOperationException($"Bind outcome '{outcome}' has no answer.");
        }
    }

    private async ValueTask AlarmAsync(HttpContext context, TransactionId id, string reason)
    {
        var hash = id.SupportRef(context.GetEndpoint()!.Metadata.GetRequiredMetadata<UserKeyPolicy>().Keys);
        metrics.FolderConflict(reason);
        Log.FolderConflict(logger, hash, reason);
        await audit.RecordAsync(new AuditEvent { Event = "folder_conflict", Granted = true, Reason = reason, Route = RouteName.Of(context), Transaction = hash });
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.FolderConflict, LogLevel.Warning, "The adapter named a folder for transaction {Transaction} that cannot be its own: {Reason}.", EventName = nameof(FolderConflict))]
        internal static partial void FolderConflict(ILogger logger, string transaction, string reason);
    }
}
