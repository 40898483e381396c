using Yarp.ReverseProxy.Transforms.Builder;

namespace OzGateway.Projection;

/// <summary>Adds the projection to every route; the kind of call and the endpoint's policies say what it does.</summary>
internal sealed class ProjectionTransformProvider(ProjectionTransform transform) : ITransformProvider
{
    /// <inheritdoc />
    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    /// <inheritdoc />
    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    /// <inheritdoc />
    public void Apply(TransformBuilderContext context) => context.ResponseTransforms.Add(transform);
}
