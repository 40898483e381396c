namespace OzGateway.Simulator;

/// <summary>Which half of the simulated Oz was called.</summary>
public enum Face
{
    /// <summary>The Web Adapter, which browsers use.</summary>
    WebAdapter,

    /// <summary>Oz API, which backends use: everything under <c>/api/</c>.</summary>
    OzApi,
}
