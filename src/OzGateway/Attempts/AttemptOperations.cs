using System.Text.Json.Serialization;
using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Attempts;

/// <summary>What an operator may ask of attempts: where one user stands in each budget, and to begin anew.</summary>
internal sealed class AttemptOperations(IAttemptLimiter limiter, AttemptBudgets budgets)
{
    /// <summary>Where a user stands; null where the store is away.</summary>
    public async Task<UserStanding?> ShowAsync(UserKey user, CancellationToken cancellationToken)
    {
        List<BudgetStanding> found = [];
        foreach (var policy in budgets.Policies)
        {
            if (await limiter.ShowAsync(user, policy, cancellationToken) is not { } standing)
            {
                return null;
            }

            found.Add(new BudgetStanding(
                policy.Budget,
                [.. policy.Windows.Zip(standing.Counted, (window, counted) => new WindowStanding(UnitText.Print(window.Window), window.PermitLimit, counted))],
                standing.Pending,
                standing.GivenBack,
                (long)Math.Ceiling(standing.RetryAfter.TotalSeconds),
                standing.Disabled));
        }

        return new UserStanding(found);
    }

    /// <summary>Forgets all attempts of a user; false where the store is away.</summary>
    public async Task<bool> ResetAsync(UserKey user, CancellationToken cancellationToken)
    {
        var isReset = true;
        foreach (var policy in budgets.Policies)
        {
            isReset &= await limiter.ResetAsync(user, policy, cancellationToken);
        }

        return isReset;
    }
}

/// <summary>Where a user stands.</summary>
/// <param name="Budgets">In each budget.</param>
internal sealed record UserStanding(IReadOnlyList<BudgetStanding> Budgets);

/// <summary>Where a user stands in one budget.</summary>
/// <param name="Budget">Its name.</param>
/// <param name="Windows">Its windows.</param>
/// <param name="Pending">Attempts whose end is not known.</param>
/// <param name="GivenBack">Attempts given back.</param>
/// <param name="RetryAfter">Seconds until the next attempt is possible.</param>
/// <param name="Disabled">Only a reset helps.</param>
internal sealed record BudgetStanding(string Budget, IReadOnlyList<WindowStanding> Windows, int Pending, int GivenBack, long RetryAfter, bool Disabled);

/// <summary>One window.</summary>
/// <param name="Window">Its length.</param>
/// <param name="PermitLimit">Attempts within it.</param>
/// <param name="Counted">Attempts counted now.</param>
internal sealed record WindowStanding(string Window, int PermitLimit, int Counted);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(UserStanding))]
internal sealed partial class StandingJson : JsonSerializerContext;
