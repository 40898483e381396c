using System.Text.Json;
using System.Text.Json.Serialization;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>The plugin's stand-in: our own script, told the dialect by a JSON object in front of it.</summary>
internal static class StandInScript
{
    private const string Resource = "OzGateway.Simulator.Assets.stand-in.js";
    private const string DialectMark = "/*DIALECT*/ {}";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string For(Dialect dialect)
    {
        using var stream = typeof(StandInScript).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace(DialectMark, JsonSerializer.Serialize(Protocol(dialect), Json), StringComparison.Ordinal);
    }

    private static object Protocol(Dialect dialect) => new
    {
        // Relative to the script, so that a prefix in front of the adapter is kept.
        Calls = new
        {
            Config = Relative(dialect, dialect.Paths.Config),
            Init = Relative(dialect, dialect.Paths.Init),
            Submit = Relative(dialect, dialect.Paths.Submit),
            Poll = Relative(dialect, dialect.Paths.Poll),
            Telemetry = Relative(dialect, dialect.Paths.Telemetry[0]),
        },
        dialect.PollMethod,
        dialect.Bodies,
        Metadata = new { Multipart = dialect.MultipartMetadata, Json = dialect.JsonMetadata, Form = dialect.FormMetadata },
        dialect.MediaName,
        dialect.SessionCarrier,
        dialect.SessionName,
        dialect.InitSessionPath,
        dialect.StateMember,
        dialect.FinishedWord,
        dialect.WrapperMember,
    };

    private static string Relative(Dialect dialect, string path)
    {
        var script = new Uri("http://adapter" + dialect.Paths.Script);
        return script.MakeRelativeUri(new Uri("http://adapter" + path)).ToString();
    }
}
