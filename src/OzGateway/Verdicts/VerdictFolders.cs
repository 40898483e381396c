using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Transactions;

namespace OzGateway.Verdicts;

/// <summary>Asks Oz API once about a transaction, decides, and closes the transaction with an end.</summary>
internal sealed class VerdictFolders(
    TransactionPolicy transactions, VerdictPolicy policy, InMemoryTransactionLedger ledger, TransactionClosing closing, TimeProvider time, IServiceProvider services)
{
    // A folder may become visible a little after the browser was told "finished": until then an empty list is no answer.
    private static readonly TimeSpan VisibleWithin = TimeSpan.FromMinutes(2);

    // An upload that began in the last moment may take this long.
    private static readonly TimeSpan LongestUpload = TimeSpan.FromMinutes(10);

    /// <summary>The decision, as of now.</summary>
    /// <exception cref="OzApiException">Oz API cannot be asked.</exception>
    public async Task<VerdictDecision> DecideAsync(TransactionId id, CancellationToken cancellationToken)
    {
        var record = await ledger.FindAsync(id);
        if (record is { State: TransactionState.Revoked })
        {
            return new VerdictDecision(VerdictOutcome.NotFound, "revoked");
        }

        if (services.GetService<OzApiClient>() is not { } oz)
        {
            return new VerdictDecision(VerdictOutcome.NotAvailable, "oz_api_not_configured");
        }

        var account = services.GetRequiredService<OzApiPolicy>();
        if (account.Architecture is OzArchitecture.Lite)
        {
            return new VerdictDecision(VerdictOutcome.NotAvailable, "architecture_lite");
        }

        if (record is { State: TransactionState.Issued or TransactionState.Expired })
        {
            return new VerdictDecision(VerdictOutcome.NotFound, record.State is TransactionState.Issued ? "not_submitted" : "expired");
        }

        var decision = await AskAsync(oz, account, id, record, cancellationToken);
        if (CheckOutcomeOf(decision) is { } outcome)
        {
            // The news is everybody's: whoever asked may have gone.
            await closing.CloseAsync(id, outcome, CancellationToken.None);
        }

        return decision;
    }

    private async Task<VerdictDecision> AskAsync(OzApiClient oz, OzApiPolicy account, TransactionId id, TransactionRecord? record, CancellationToken cancellationToken)
    {
        if (record is { HasSecondFolder: true })
        {
            return new VerdictDecision(VerdictOutcome.Ambiguous, "second_folder");
        }

        var question = QuestionOf(account, id, record);
        var decision = VerdictDecision.Of(await oz.FindFoldersAsync(id.Text, id.IssuedAt, cancellationToken), question);
        if (decision.Outcome is VerdictOutcome.NotFound && question.BoundFolder is { } bound && await oz.FindFolderAsync(bound, cancellationToken) is { } folder)
        {
            // Where nothing can be written into a submission its folder bears no id: it is known by the adapter's own answer.
            decision = VerdictDecision.Of([folder], question);
        }

        return decision.Outcome is VerdictOutcome.NotFound && record?.SubmittedAt is { } at && time.GetUtcNow() - at < VisibleWithin
            ? new VerdictDecision(VerdictOutcome.Processing, "not_visible_yet")
            : decision;
    }

    private VerdictQuestion QuestionOf(OzApiPolicy account, TransactionId id, TransactionRecord? record) => new()
    {
        TransactionKey = account.TransactionKey,
        TransactionId = id.Text,
        From = id.IssuedAt - account.ClockSkew,
        Until = id.IssuedAt + TimeSpan.FromMinutes(1) + transactions.SubmitWithin + LongestUpload + account.ClockSkew,
        BoundFolder = record?.Folder?.Text,
        RequiredAnalyses = policy.RequiredAnalyses,
        RequiredTags = policy.RequiredTags,
    };

    private static CheckOutcome? CheckOutcomeOf(VerdictDecision decision) => decision.Outcome switch
    {
        VerdictOutcome.Success => CheckOutcome.Succeeded,
        VerdictOutcome.Declined or VerdictOutcome.OperatorRequired => CheckOutcome.Declined,
        VerdictOutcome.Failed when decision.Reason == "analysis_failed" => CheckOutcome.Failed,
        _ => null,
    };
}
