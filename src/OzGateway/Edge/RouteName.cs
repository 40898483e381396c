namespace OzGateway.Edge;

/// <summary>Endpoint metadata: the id of the route, for spans, metrics and logs.</summary>
/// <param name="Id">The id as configured.</param>
internal sealed record RouteName(string Id)
{
    /// <summary>The id of the route that was matched, or <c>none</c>.</summary>
    public static string Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RouteName>()?.Id ?? "none";
}
