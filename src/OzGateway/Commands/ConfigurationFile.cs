namespace OzGateway.Commands;

/// <summary>Where the configuration is when nobody says.</summary>
internal static class ConfigurationFile
{
    private static readonly string[] Places = ["config/gateway.yaml", "/etc/ozgateway/gateway.yaml"];

    /// <summary>The file named, or the first place that has one, or the first place.</summary>
    public static string Find(FileInfo? named) => named?.FullName ?? Array.Find(Places, File.Exists) ?? Places[0];
}
