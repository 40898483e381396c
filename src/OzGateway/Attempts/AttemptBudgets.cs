namespace OzGateway.Attempts;

/// <summary>All budgets of a configuration.</summary>
/// <param name="Policies">One policy for each.</param>
internal sealed record AttemptBudgets(IReadOnlyList<AttemptPolicy> Policies)
{
    /// <summary>The budgets of these policies, with those of their groups and addresses.</summary>
    public static AttemptBudgets Of(IEnumerable<AttemptPolicy?> policies) => new(
    [
        .. policies.OfType<AttemptPolicy>()
            .SelectMany(policy => new[] { policy, policy.Anonymous, policy.PerAddress }.Concat(policy.Groups.Values))
            .OfType<AttemptPolicy>()
            .DistinctBy(policy => policy.Budget),
    ]);

    /// <summary>What a user can do at worst while the store is away, one line for each budget that counts for itself then.</summary>
    public IEnumerable<string> Bounds() => Policies
        .Where(policy => policy.OnStoreFailure is StoreFailureAction.Local)
        .Select(policy => $"attempts, budget {policy.Budget}: while Redis is away each replica counts for itself: at worst replicas x "
            + (policy.Windows.Count > 0
                ? string.Join(" and replicas x ", policy.Windows.Select(window => $"{window.PermitLimit} in {Problems.UnitText.Print(window.Window)}"))
                : $"{policy.Lockout?.After} failures before a lockout") + ".");
}
