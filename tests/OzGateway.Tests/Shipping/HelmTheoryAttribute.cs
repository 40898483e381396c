namespace OzGateway.Tests.Shipping;

/// <summary>A theory that needs helm; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HelmTheoryAttribute : TheoryAttribute
{
    public HelmTheoryAttribute() => Skip = Helm.Program is null ? Helm.Missing : null;
}
