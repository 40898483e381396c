using OzGateway.Identity;

namespace OzGateway.Forwarding;

/// <summary>How an https adapter proves who it is. There is no switch that takes the proof away.</summary>
internal sealed class UpstreamTlsOptions
{
    /// <summary>Certificates (PEM) of the authorities that may vouch for the adapter, instead of those of the system.</summary>
    /// <value>the authorities of the system</value>
    public SecretOptions? Ca { get; set; }
}
