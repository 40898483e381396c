using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using OzGateway.Configuration;
using OzGateway.Hosting;

namespace OzGateway.Commands;

/// <summary>Where the admin door of a gateway with this configuration can be reached on this machine.</summary>
internal static class AdminAddress
{
    /// <summary>An address as written on the command line.</summary>
    public static Uri? Read(ArgumentResult written)
    {
        if (Uri.TryCreate(written.Tokens.Single().Value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
        {
            return address;
        }

        written.AddError("--url is no address. Write for example http://127.0.0.1:9090.");
        return null;
    }

    /// <summary>A path at it, and the version of HTTP it speaks; null where the configuration cannot be read, which has then been said.</summary>
    public static (Uri? Address, Version Version) Find(FileInfo? config, string path, InvocationConfiguration console)
    {
        // Without secrets: a certificate that was renewed badly must not make a gateway unhealthy that goes on with the old one.
        var read = new SnapshotReader().Read(ConfigurationFile.Find(config), SecretMode.Unread, revision: 1);
        if (read.Snapshot is not { } snapshot)
        {
            console.Error.WriteLine(string.Join(Environment.NewLine, read.Errors));
            return (null, HttpVersion.Unknown);
        }

        var admin = snapshot.Hosting.Doors[Door.Admin];
        var (any, port) = (admin.Address.Address, admin.Address.Port);
        var host = any.Equals(IPAddress.Any) ? IPAddress.Loopback : any.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : any;
        var address = new Uri($"{(admin.Tls is null ? "http" : "https")}://{new IPEndPoint(host, port)}{path}");
        return (address, admin.Protocols.Contains(DoorProtocol.Http1) ? HttpVersion.Version11 : HttpVersion.Version20);
    }
}
