using System.Net;
using System.Text.RegularExpressions;
using OzGateway.Problems;

namespace OzGateway.Hosting;

/// <summary>Where the doors are, how the process ends, where the audit trail goes. Changed by a restart only.</summary>
internal sealed partial record HostingPolicy
{
    /// <summary>For browsers. Default 0.0.0.0:8080.</summary>
    public required IPEndPoint Public { get; init; }

    /// <summary>For the customer's backend. Default 0.0.0.0:8081.</summary>
    public required IPEndPoint Backend { get; init; }

    /// <summary>For probes. Default 127.0.0.1:9090.</summary>
    public required IPEndPoint Admin { get; init; }

    /// <summary>After SIGTERM: not ready, still serving. 0s to 5m; default 5s.</summary>
    public required TimeSpan DrainNotReady { get; init; }

    /// <summary>After that: time for calls in flight. 0s to 10m; default 25s.</summary>
    public required TimeSpan DrainTimeout { get; init; }

    /// <summary>File of the audit trail, or null for standard output.</summary>
    public string? AuditFile { get; init; }

    /// <summary>Path of the transactions endpoints on the public door. Default <c>/transactions</c>.</summary>
    public required string TransactionsPath { get; init; }

    /// <summary>Path of everything on the public door. Default empty.</summary>
    public required string PublicPrefix { get; init; }

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The sections as written.</param>
    /// <param name="errors">Where errors go.</param>
    public static HostingPolicy? Create(HostingOptions options, ConfigurationErrors errors)
    {
        IPEndPoint? browsers = ReadDoor(options.Doors.Public?.Address, "0.0.0.0:8080", "doors.public.address", errors);
        IPEndPoint? backend = ReadDoor(options.Doors.Backend?.Address, "0.0.0.0:8081", "doors.backend.address", errors);
        IPEndPoint? admin = ReadDoor(options.Doors.Admin?.Address, "127.0.0.1:9090", "doors.admin.address", errors);
        CheckPorts([("public", browsers), ("backend", backend), ("admin", admin)], errors);
        OptionRanges.Check(options.Drain, "drain", errors);
        if (options.Audit.File is { } file && !TextShapes.IsPlain(file))
        {
            errors.Add("audit.file", ConfigurationCode.BadPath, "is not the path of a file.");
        }

        string transactions = options.TransactionsPath ?? "/transactions";
        if (!PathShapes.IsPlain(transactions))
        {
            errors.Add("transaction.path", ConfigurationCode.BadPath, $"is not a plain path. Write for example '/transactions': {PathShapes.PlainRule}.");
        }

        string prefix = options.PublicPrefix ?? "";
        if (options.PublicPrefix is not null && !PathShapes.IsPlain(prefix))
        {
            errors.Add("public_prefix", ConfigurationCode.BadPath, $"is not a plain path. Write for example '/liveness': {PathShapes.PlainRule}.");
        }

        return browsers is null || backend is null || admin is null || errors.Any ? null : new HostingPolicy
        {
            Public = browsers,
            Backend = backend,
            Admin = admin,
            DrainNotReady = options.Drain.NotReady ?? TimeSpan.FromSeconds(5),
            DrainTimeout = options.Drain.Timeout ?? TimeSpan.FromSeconds(25),
            AuditFile = options.Audit.File,
            TransactionsPath = transactions,
            PublicPrefix = prefix,
        };
    }

    private static IPEndPoint? ReadDoor(string? address, string standard, string path, ConfigurationErrors errors)
    {
        string text = address ?? standard;
        int colon = text.LastIndexOf(':');
        if (colon > 0 && PortDigits().IsMatch(text[(colon + 1)..]) && (text[0] == '[' || text.IndexOf(':', StringComparison.Ordinal) == colon)
            && IPEndPoint.TryParse(text, out IPEndPoint? endPoint))
        {
            return endPoint;
        }

        errors.Add(path, ConfigurationCode.BadAddress, "is not an IP address with a port. Write for example '0.0.0.0:8080' or '[::1]:8080'; port 0 takes any free one.");
        return null;
    }

    private static void CheckPorts((string Name, IPEndPoint? Address)[] doors, ConfigurationErrors errors)
    {
        for (int index = 1; index < doors.Length; index++)
        {
            int port = doors[index].Address?.Port ?? 0;
            string? twin = doors.Take(index).FirstOrDefault(earlier => port != 0 && earlier.Address?.Port == port).Name;
            if (twin is not null)
            {
                errors.Add($"doors.{doors[index].Name}.address", ConfigurationCode.Duplicate, $"has port {port}, as doors.{twin} has. A door is a port: give each its own.");
            }
        }
    }

    [GeneratedRegex(@"^[0-9]{1,5}\z")]
    private static partial Regex PortDigits();
}
