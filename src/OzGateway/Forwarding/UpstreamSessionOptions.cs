namespace OzGateway.Forwarding;

/// <summary>How the adapter's own session travels.</summary>
internal sealed class UpstreamSessionOptions
{
    /// <summary>Names of cookies that pass both ways. All others stay on their side.</summary>
    /// <value>none</value>
    public List<string>? Cookies { get; set; }

    /// <summary>Names of headers that pass both ways. Headers that frame a message, name a host or carry credentials are refused.</summary>
    /// <value>none</value>
    public List<string>? Headers { get; set; }
}
