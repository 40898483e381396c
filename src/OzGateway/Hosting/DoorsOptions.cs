namespace OzGateway.Hosting;

/// <summary>The ports of the gateway: who may knock where. No two may be the same. Changed by a restart only; certificates and keys in files may change while running.</summary>
internal sealed class DoorsOptions
{
    /// <summary>For browsers.</summary>
    public PublicDoorOptions? Public { get; set; }

    /// <summary>For the customer's backend.</summary>
    public BackendDoorOptions? Backend { get; set; }

    /// <summary>For probes, which need no credential, and for operators, who do.</summary>
    public AdminDoorOptions? Admin { get; set; }

    /// <summary>What one connection may ask.</summary>
    public DoorLimitsOptions? Limits { get; set; }
}
