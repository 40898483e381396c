namespace OzGateway.Capacity;

/// <summary>The capacities that no route has to name.</summary>
/// <param name="Uploads">Submissions, or null.</param>
/// <param name="Floods">All calls at the public door, or null.</param>
/// <param name="Issuing">Calls of the transactions endpoints, or null.</param>
/// <param name="AnyByAddress">Whether any capacity at all, of a route or of these, is shared by address.</param>
internal sealed record CapacityPlan(CapacityPolicy? Uploads, CapacityPolicy? Floods, CapacityPolicy? Issuing, bool AnyByAddress)
{
    private const string UploadsName = "uploads";
    private const string FloodsName = "floods";
    private const string IssuingName = "issuing";

    /// <summary>Finds them by their names.</summary>
    public static CapacityPlan Of(IReadOnlyDictionary<string, CapacityPolicy?> policies) => new(
        policies.GetValueOrDefault(UploadsName),
        policies.GetValueOrDefault(FloodsName),
        policies.GetValueOrDefault(IssuingName),
        policies.Values.Any(policy => policy?.IsByAddress == true));

    /// <summary>Who shares a capacity that does not say.</summary>
    public static CapacityScope ScopeOf(string name) => name switch
    {
        UploadsName => CapacityScope.All,
        FloodsName => CapacityScope.Address,
        IssuingName => CapacityScope.User, // a ticket would be a new caller, and there is one after each call
        _ => CapacityScope.Caller,
    };
}
