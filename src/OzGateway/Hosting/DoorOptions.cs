namespace OzGateway.Hosting;

/// <summary>One port.</summary>
internal class DoorOptions
{
    /// <summary>IP address and port, for example <c>0.0.0.0:8080</c> or <c>[::1]:8080</c>. Port 0 takes any free one.</summary>
    /// <value>public 0.0.0.0:8080, admin 127.0.0.1:9090</value>
    public string? Address { get; set; }
}
