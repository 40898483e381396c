using OzGateway.Tests.Simulator;

namespace OzGateway.Tests.Shipping;

/// <summary>A fact that needs helm, node and kubernetes-models; skipped, with the reason, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KubernetesModelsFactAttribute : FactAttribute
{
    public KubernetesModelsFactAttribute() => Skip = Helm.Program is null ? Helm.Missing
        : Node.Path is null ? "There is no node on the PATH."
        : KubernetesModels.Folder is null ? "OZGATEWAY_KUBERNETES_MODELS names no folder with kubernetes-models in its node_modules."
        : null;
}
