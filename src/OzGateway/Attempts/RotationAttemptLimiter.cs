using OzGateway.Identity;

namespace OzGateway.Attempts;

/// <summary>
/// Counts a user under every name it has, and all of them must allow: while secrets are replaced, no limit begins anew, neither when the present
/// secret comes nor when the former one goes, and gateways that know only one of them still count together. The oldest name is asked
/// first, always: who knows it is put in order there, and exactly the limit goes on. A user with one name costs nothing more.
/// </summary>
/// <param name="limiter">Counts under one name.</param>
internal sealed class RotationAttemptLimiter(IAttemptLimiter limiter) : IAttemptLimiter
{
    /// <inheritdoc />
    public ValueTask<AttemptDecision> AcquireAsync(AttemptCall call, AttemptPolicy policy, CancellationToken cancellationToken) =>
        call.User.Former.Count == 0 ? limiter.AcquireAsync(call, policy, cancellationToken) : AcquireAllAsync(call, policy, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> SettleAsync(
        UserKey user, TransactionId attempt, AttemptPolicy policy, AttemptSettlement settlement, CancellationToken cancellationToken)
    {
        var isTold = true;
        foreach (var name in user.Names)
        {
            isTold &= await limiter.SettleAsync(name, attempt, policy, settlement, cancellationToken);
        }

        return isTold;
    }

    /// <inheritdoc />
    public async ValueTask ReleaseAsync(UserKey user, TransactionId attempt, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        foreach (var name in user.Names)
        {
            await limiter.ReleaseAsync(name, attempt, policy, cancellationToken);
        }
    }

    /// <inheritdoc />
    public async ValueTask<AttemptStanding?> ShowAsync(UserKey user, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        AttemptStanding? all = null;
        foreach (var name in user.Names)
        {
            if (await limiter.ShowAsync(name, policy, cancellationToken) is not { } standing)
            {
                return null;
            }

            all = all?.With(standing) ?? standing;
        }

        return all;
    }

    /// <inheritdoc />
    public async ValueTask<bool> ResetAsync(UserKey user, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        var isReset = true;
        foreach (var name in user.Names)
        {
            isReset &= await limiter.ResetAsync(name, policy, cancellationToken);
        }

        return isReset;
    }

    private async ValueTask<AttemptDecision> AcquireAllAsync(AttemptCall call, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        AttemptDecision? agreed = null;
        List<UserKey> counted = [];
        foreach (var name in call.User.Names)
        {
            var decision = await limiter.AcquireAsync(call with { User = name, Held = agreed?.Attempt ?? call.Held }, policy, cancellationToken);
            if (decision.Outcome is not AttemptOutcome.Allowed)
            {
                return await WithdrawAsync(counted, agreed, policy, decision);
            }

            counted.Add(name);
            agreed = agreed is { } before ? before.With(decision) : decision;
        }

        return agreed!.Value;
    }

    // Another name refuses what an older one has allowed: there it leaves no trace.
    private async ValueTask<AttemptDecision> WithdrawAsync(List<UserKey> counted, AttemptDecision? agreed, AttemptPolicy policy, AttemptDecision refusal)
    {
        foreach (var name in counted)
        {
            await limiter.SettleAsync(name, agreed!.Value.Attempt, policy, AttemptSettlement.Withdrawn, CancellationToken.None);
        }

        return refusal;
    }
}
