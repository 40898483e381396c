using System.Reflection;
using OzGateway.Configuration.Reading;
using OzGateway.Problems;

namespace OzGateway.Configuration;

/// <summary>The files under <c>Defaults</c>, read by the same reader as the operator's file.</summary>
internal static class EmbeddedDefaults
{
    private const string Folder = "OzGateway.Configuration.Defaults.";

    /// <summary>Text of the routes of the known Web Adapter.</summary>
    public static string WebAdapterText => ReadText("web-adapter.yaml");

    /// <summary>Routes and limits of the known Web Adapter.</summary>
    public static GatewayOptions ReadWebAdapter() => Read<GatewayOptions>("web-adapter.yaml");

    /// <summary>Bare names of members that may never leave towards a client.</summary>
    public static IReadOnlySet<string> ReadSensitiveMembers() =>
        Read<Dictionary<string, List<string>>>("sensitive-members.yaml").Values.SelectMany(names => names).Select(TextShapes.Bare).ToHashSet(StringComparer.Ordinal);

    private static T Read<T>(string name)
    {
        ConfigurationErrors errors = new();
        YamlMapping? root = YamlReader.Read(ReadText(name), errors);
        T? options = root is null ? default : new OptionsReader(errors).Read<T>(root);
        return errors.Any || options is null ? throw new InvalidOperationException($"The embedded file {name} is broken: {errors.All[0].Path} {errors.All[0].Message}") : options;
    }

    private static string ReadText(string name)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name)!);
        return reader.ReadToEnd();
    }
}
