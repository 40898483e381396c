namespace OzGateway.Projection;

/// <summary>Marks that the answer of this call was projected: without it, and without a problem, nothing may leave.</summary>
internal sealed class ProjectionFeature
{
    private ProjectionFeature()
    {
    }

    /// <summary>The mark. It says one thing only.</summary>
    public static ProjectionFeature Instance { get; } = new();
}
