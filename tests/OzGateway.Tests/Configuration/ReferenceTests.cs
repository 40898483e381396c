using OzGateway.Configuration;
using OzGateway.Configuration.Reading;
using OzGateway.Configuration.Reference;

namespace OzGateway.Tests.Configuration;

public sealed class ReferenceTests
{
    private const string WriteSwitch = "OZGATEWAY_WRITE";

    public static TheoryData<string> GeneratedFiles => ["config/gateway.schema.json", "config/README.md"];

    public static TheoryData<Type> Sections => [.. SectionsFrom(typeof(GatewayOptions)).Distinct()];

    [Theory]
    [MemberData(nameof(GeneratedFiles))]
    public void A_generated_file_is_up_to_date(string file)
    {
        OptionDocs docs = OptionDocs.Load();
        string expected = file.EndsWith(".json", StringComparison.Ordinal) ? SchemaWriter.Write(docs) : ReferenceWriter.Write(docs);
        string path = Some.RepositoryFile(file);
        if (Environment.GetEnvironmentVariable(WriteSwitch) == "1")
        {
            File.WriteAllText(path, expected);
        }

        string written = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(written == expected, $"{file} is stale. Regenerate it: {WriteSwitch}=1 dotnet test tests/OzGateway.Tests --filter FullyQualifiedName~{nameof(ReferenceTests)}");
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_key_is_documented(Type section)
    {
        OptionDocs docs = OptionDocs.Load();

        Assert.NotEqual("", docs.Meaning(section));
        Assert.All(OptionShape.Of(section).Keys.Values, property => Assert.NotEqual("", docs.Meaning(property)));
    }

    private static IEnumerable<Type> SectionsFrom(Type type)
    {
        OptionShape shape = OptionShape.Of(type);
        IEnumerable<Type> inner = shape.Keys.Values.Select(property => property.PropertyType).Concat(shape.Item is null ? [] : [shape.Item]);
        return (shape.Kind is OptionKind.Section or OptionKind.Secret ? new[] { shape.Type } : []).Concat(inner.SelectMany(SectionsFrom));
    }
}
