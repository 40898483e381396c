namespace OzGateway.Tests.Shipping;

/// <summary>A fact that needs helm; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HelmFactAttribute : FactAttribute
{
    public HelmFactAttribute() => Skip = Helm.Program is null ? Helm.Missing : null;
}
