using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Transactions;

namespace OzGateway.Verdicts;

/// <summary>Reads the verdict of a transaction at Oz API and closes the transaction with it.</summary>
internal sealed class VerdictReader(
    GatewayKeys keys, TransactionPolicy transactions, InMemoryTransactionLedger ledger, TransactionClosing closing, TimeProvider time, IServiceProvider services)
{
    // A folder may become visible a little after the browser was told "finished": until then an empty list is no answer.
    private static readonly TimeSpan VisibleWithin = TimeSpan.FromMinutes(2);

    /// <summary>The verdict for a backend that names the user.</summary>
    /// <exception cref="OzApiException">Oz API cannot be asked.</exception>
    public async Task<Verdict> ReadAsync(string text, UserKey? user, CancellationToken cancellationToken)
    {
        var isOurs = TransactionId.TryParse(text, out var id);
        var record = isOurs ? await ledger.FindAsync(id!) : null;
        // The id proves itself together with its user; without the user only the ledger can vouch for it.
        var owner = user ?? record?.User;
        if (!isOurs || owner is null || !id!.IsIssuedTo(keys, owner))
        {
            return new Verdict { TransactionId = text, Outcome = VerdictOutcome.NotFound, Reason = "unknown_transaction", UserChecked = user is not null };
        }

        var decision = await DecideAsync(id, record, cancellationToken);
        return new Verdict
        {
            TransactionId = text,
            Outcome = decision.Outcome,
            Reason = decision.Reason,
            UserChecked = user is not null,
            FolderId = decision.Folder?.FolderId,
            Analyses = decision.Folder?.Analyses?.Select(analysis => new AnalysisVerdict(Word(analysis.Type), VerdictDecision.Of(analysis))).ToList(),
            IssuedAt = record?.IssuedAt ?? id.IssuedAt,
            SubmittedAt = record?.SubmittedAt,
            Submissions = record?.Uses,
            RelaySuspected = record?.RelaySuspected,
            SupportRef = id.SupportRef(keys),
        };
    }

    private async Task<VerdictDecision> DecideAsync(TransactionId id, TransactionRecord? record, CancellationToken cancellationToken)
    {
        if (services.GetService<OzApiClient>() is not { } oz)
        {
            return new VerdictDecision(VerdictOutcome.NotAvailable, "oz_api_not_configured", null);
        }

        if (record is { State: TransactionState.Issued or TransactionState.Expired or TransactionState.Revoked })
        {
            return new VerdictDecision(VerdictOutcome.NotFound, "not_submitted", null);
        }

        var policy = services.GetRequiredService<OzApiPolicy>();
        var folders = await oz.FindFoldersAsync(id.Text, id.IssuedAt, cancellationToken);
        var decision = VerdictDecision.Of(folders, policy.TransactionKey, id.Text, Window(id, policy));
        if (decision.Outcome is VerdictOutcome.NotFound && record?.SubmittedAt is { } at && time.GetUtcNow() - at < VisibleWithin)
        {
            return new VerdictDecision(VerdictOutcome.Processing, "not_visible_yet", null);
        }

        if (CheckOutcomeOf(decision) is { } outcome)
        {
            await closing.CloseAsync(id, outcome, cancellationToken);
        }

        return decision;
    }

    // From the issue minute to the end of the longest upload that began in time.
    private VerdictWindow Window(TransactionId id, OzApiPolicy policy) => new(
        id.IssuedAt - policy.ClockSkew,
        id.IssuedAt + TimeSpan.FromMinutes(1) + transactions.SubmitWithin + TimeSpan.FromMinutes(10) + policy.ClockSkew);

    private static CheckOutcome? CheckOutcomeOf(VerdictDecision decision) => decision.Outcome switch
    {
        VerdictOutcome.Success => CheckOutcome.Succeeded,
        VerdictOutcome.Declined or VerdictOutcome.OperatorRequired => CheckOutcome.Declined,
        VerdictOutcome.Failed when decision.Reason == "analysis_failed" => CheckOutcome.Failed,
        _ => null,
    };

    private static string Word(string? type) => type?.ToLowerInvariant() ?? "unknown";
}
