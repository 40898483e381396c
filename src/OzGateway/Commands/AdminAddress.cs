using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using OzGateway.Configuration;

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

    /// <summary>Its address; null where the configuration cannot be read, which has then been said.</summary>
    public static Uri? Find(FileInfo? config, InvocationConfiguration console)
    {
        var read = new SnapshotReader().Read(ConfigurationFile.Find(config), SecretMode.Check, revision: 1);
        if (read.Snapshot is not { } snapshot)
        {
            console.Error.WriteLine(string.Join(Environment.NewLine, read.Errors));
            return null;
        }

        var admin = snapshot.Hosting.Admin;
        var host = admin.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : admin.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : admin.Address;
        return new Uri($"http://{new IPEndPoint(host, admin.Port)}/");
    }
}
