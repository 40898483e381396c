using OzGateway.Edge;
using OzGateway.Identity;

namespace OzGateway.Capacity;

/// <summary>Which capacities a call uses.</summary>
internal static class CallCapacity
{
    /// <summary>What holds for every call of the public door.</summary>
    public static CapacityPolicy? Floods(HttpContext context, CapacityPlan plan) => plan.Floods is not null && IsPublic(context) ? plan.Floods : null;

    /// <summary>What holds for submissions.</summary>
    public static CapacityPolicy? Uploads(HttpContext context, CapacityPlan plan) => IsSubmission(context) ? plan.Uploads : null;

    /// <summary>What the route names. A submission is an attempt and counted there: what the route names guards what is not.</summary>
    public static CapacityPolicy? OfRoute(HttpContext context) =>
        IsSubmission(context) ? null : context.GetEndpoint()?.Metadata.GetMetadata<CapacityPolicy>();

    private static bool IsSubmission(HttpContext context) => context.Features.Get<CallFeature>() is { Kind: CallKind.Submission };

    private static bool IsPublic(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } metadata && (metadata.GetMetadata<CallPolicy>() is not null || metadata.GetMetadata<UserKeyPolicy>() is not null);
}
