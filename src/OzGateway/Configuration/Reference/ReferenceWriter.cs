using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using OzGateway.Configuration.Reading;
using OzGateway.Problems;

namespace OzGateway.Configuration.Reference;

/// <summary>Makes the reference of <c>gateway.yaml</c> from the options and their doc comments.</summary>
/// <param name="docs">The doc comments.</param>
internal sealed class ReferenceWriter(OptionDocs docs)
{
    private const string Opening = """
        # Configuration

        Everything an operator says stands in one file, `gateway.yaml`; the one in this folder runs against the simulator as it is and shows every choice.
        This page and `gateway.schema.json` are made from the program, together with it.

        Check a file before it runs; all errors are told at once, with line, column and code:

        ```sh
        dotnet run --project src/OzGateway -- check config/gateway.yaml
        ```

        In the image and on a server the same command is `ozgateway check gateway.yaml`. It exits with 0 when the file is right and with 1 when it is not.

        Rules that hold everywhere:

        - Keys and words are snake_case. A key that is not known is an error.
        - A duration carries its unit: `250ms`, `30s`, `10m`, `2h`, `7d`. A size as well: `512B`, `64KiB`, `4MiB`, `1GiB`.
        - Booleans are `true` and `false`; `yes`, `on` and the like are errors.
        - A secret never stands in the file: `{ from_file: /path }` or `{ from_env: NAME }`.
        - What weakens a protection begins with `dangerous_`; `none` takes something away from a route. Both are told as warnings.
        - Anchors, aliases, tags, merge keys and several documents are not read.

        The smallest protected gateway:

        ```yaml
        version: 1
        upstreams: { web_adapter: { destinations: ["http://web-adapter"] } }
        user_key: { sources: [{ jwt_claim: { issuer: "https://login.example", audience: liveness, jwks: "https://login.example/jwks" } }] }
        ```
        """;

    private readonly StringBuilder _text = new();
    private readonly HashSet<Type> _written = [];

    /// <summary>The reference, as the text of its file.</summary>
    /// <param name="docs">The doc comments.</param>
    public static string Write(OptionDocs docs) => new ReferenceWriter(docs).WriteAll();

    private string WriteAll()
    {
        _text.Append(Opening).Append('\n');
        Line("## Keys");
        WriteSection("", OptionShape.Of(typeof(GatewayOptions)));
        Line("## Codes");
        _text.Append("\nErrors and warnings look like `gateway.yaml:14:23: error OZG1103: ...`. 10xx reading, 11xx values, 12xx meaning, 13xx warnings. A code never changes its meaning.\n\n| Code | Meaning |\n|---|---|\n");
        foreach (ConfigurationCode code in Enum.GetValues<ConfigurationCode>())
        {
            _text.Append(CultureInfo.InvariantCulture, $"| OZG{(int)code} | {docs.Meaning(code)} |\n");
        }

        return _text.ToString();
    }

    private void WriteSection(string path, OptionShape shape)
    {
        if (!_written.Add(shape.Type) || shape.Keys.Count == 0)
        {
            return;
        }

        Line($"### {(path.Length == 0 ? "The file" : shape.Kind == OptionKind.Secret ? "A secret" : $"`{path}`")}");
        _text.Append(CultureInfo.InvariantCulture, $"\n{docs.Meaning(shape.Type)}\n\n| Key | Type | Default | Range | Meaning |\n|---|---|---|---|---|\n");
        foreach ((string key, PropertyInfo property) in shape.Keys)
        {
            RangeAttribute? range = property.GetCustomAttribute<RangeAttribute>();
            string standard = property.GetCustomAttribute<RequiredAttribute>() is null ? docs.Default(property) : "**required**";
            _text.Append(CultureInfo.InvariantCulture, $"| `{key}` | {TypeOf(OptionShape.Of(property.PropertyType))} | {Cell(standard)} | {(range is null ? "" : OptionRanges.Print(range))} | {Cell(docs.Meaning(property))} |\n");
        }

        if (shape.Kind == OptionKind.Map)
        {
            WriteBehind($"{path}.<name>", OptionShape.Of(shape.Item!));
        }

        foreach ((string key, PropertyInfo property) in shape.Keys)
        {
            WriteBehind(path.Length == 0 ? key : $"{path}.{key}", OptionShape.Of(property.PropertyType));
        }
    }

    private void WriteBehind(string path, OptionShape shape)
    {
        switch (shape.Kind)
        {
            case OptionKind.List:
                WriteBehind($"{path}[]", OptionShape.Of(shape.Item!));
                break;
            case OptionKind.Map when shape.Keys.Count == 0:
                WriteBehind($"{path}.<name>", OptionShape.Of(shape.Item!));
                break;
            case OptionKind.Map or OptionKind.Section or OptionKind.Secret:
                WriteSection(path, shape);
                break;
        }
    }

    private void Line(string heading) => _text.Append('\n').Append(heading).Append('\n');

    private static string TypeOf(OptionShape shape) => shape.Kind switch
    {
        OptionKind.Text => "text",
        OptionKind.Boolean => "true or false",
        OptionKind.Number => "number",
        OptionKind.Duration => "duration",
        OptionKind.Size => "size",
        OptionKind.Word => string.Join(", ", OptionShape.Words(shape.Type).Keys.Select(word => $"`{word}`")),
        OptionKind.Address => "address",
        OptionKind.Secret => "secret",
        OptionKind.List => $"list of {TypeOf(OptionShape.Of(shape.Item!))}",
        OptionKind.Map => $"names with {TypeOf(OptionShape.Of(shape.Item!))}",
        OptionKind.Section => "section",
        OptionKind.SectionOrNone => "section or `none`",
        _ => throw new InvalidOperationException($"'{shape.Kind}' has no name in the reference."),
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
