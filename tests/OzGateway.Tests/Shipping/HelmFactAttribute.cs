namespace OzGateway.Tests.Shipping;

/// <summary>A fact that needs helm; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HelmFactAttribute : FactAttribute
{
    public HelmFactAttribute()
    {
        if (Helm.Program is null)
        {
            Skip = "helm is neither in OZGATEWAY_HELM nor on PATH.";
        }
    }
}
