using OzGateway.Attempts;
using OzGateway.Identity;

namespace OzGateway.Transactions;

/// <summary>News from later rooms: how a check ended. The ledger lets one caller win, and the winner settles the attempt.</summary>
internal sealed class TransactionClosing(InMemoryTransactionLedger ledger, IAttemptLimiter limiter)
{
    /// <summary>Closes a transaction and settles its attempt; an unknown or closed one is left alone.</summary>
    public async ValueTask CloseAsync(TransactionId id, CheckOutcome outcome, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await ledger.CloseAsync(id, outcome) is { Attempt: { } attempt })
        {
            // Nobody else will settle it: whoever asked may have gone meanwhile.
            await limiter.SettleAsync(attempt.User, attempt.Id, attempt.Policy, Settlement(outcome), CancellationToken.None);
        }
    }

    /// <summary>Nothing whole reached the adapter: the use and the attempt are given back. True where they were.</summary>
    public async ValueTask<bool> GiveBackAsync(TransactionRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!await ledger.GiveBackAsync(record.Id))
        {
            return false;
        }

        if (record.Attempt is { } attempt)
        {
            await limiter.SettleAsync(attempt.User, attempt.Id, attempt.Policy, AttemptSettlement.Refunded, CancellationToken.None);
        }

        return true;
    }

    /// <summary>The adapter called the check finished; what came out only Oz knows.</summary>
    public ValueTask FinishAsync(TransactionId id) => ledger.FinishAsync(id);

    private static AttemptSettlement Settlement(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Succeeded => AttemptSettlement.Succeeded,
        CheckOutcome.Declined => AttemptSettlement.Declined,
        CheckOutcome.Failed => AttemptSettlement.Refunded,
        _ => throw new InvalidOperationException($"Check outcome '{outcome}' has no settlement."),
    };
}
