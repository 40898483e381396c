namespace OzGateway.Hosting;

/// <summary>The port for browsers.</summary>
internal sealed class PublicDoorOptions : CertificateDoorOptions
{
    /// <summary>Names of hosts that are served here, without port, for example <c>check.bank.example</c>. A request for another one is 421.</summary>
    /// <value>any</value>
    public List<string>? Hosts { get; set; }
}
