using System.Net;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OzGateway.Hosting;
using OzGateway.Problems;
using OzGateway.Telemetry;
using OzGateway.Tests.Testing;
using OzGateway.Transactions;
using OzGateway.Verdicts;

namespace OzGateway.Tests.Verdicts;

/// <summary>openapi.json says what the program does: its endpoints, documents, words and problems.</summary>
public sealed class OpenApiTests
{
    private static readonly Dictionary<string, Type> Documents = new()
    {
        ["Verdict"] = typeof(Verdict),
        ["AnalysisVerdict"] = typeof(AnalysisVerdict),
        ["DocumentField"] = typeof(DocumentField),
        ["MediumLinks"] = typeof(MediumLinks),
        ["UserTransactions"] = typeof(UserTransactions),
        ["UserTransaction"] = typeof(UserTransaction),
        ["IssuedForUser"] = typeof(IssuedForUser),
        ["Receipt"] = typeof(Receipt),
        ["ReceiptKeySet"] = typeof(ReceiptKeySet),
        ["ReceiptKey"] = typeof(ReceiptKey),
    };

    private static readonly string Text = File.ReadAllText(Path.Combine(Conventions.Sources.Root, "src/OzGateway/Verdicts/openapi.json"));
    private static readonly JsonElement Document = JsonElement.Parse(Text);

    [Fact]
    public async Task It_is_served_and_describes_every_endpoint_of_the_door_and_no_other()
    {
        await using var run = await GatewayRun.StartAsync();
        using var bank = run.BackendClient();
        var served = await bank.SendAsync(HttpMethod.Get, "openapi.json");
        Assert.Equal((HttpStatusCode.OK, Text), (served.Status, served.Text));

        var mapped = run.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RequiredDoor>()?.Door is Door.Backend)
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        Assert.Equal(mapped.Order(StringComparer.Ordinal), Operations().Select(each => $"{each.Method} {each.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_is_called_by_its_name_in_access_lines_and_says_its_right()
    {
        await using var run = await GatewayRun.StartAsync();
        var required = run.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<RequiredRights>()).OfType<RequiredRights>().Distinct().ToList();

        foreach (var (_, _, operation) in Operations().Where(each => !each.Operation.TryGetProperty("security", out _)))
        {
            var rights = required.Single(each => each.Operation == operation.GetProperty("operationId").GetString()).Rights;
            var said = operation.GetProperty("summary").GetString()!;
            Assert.True(rights == BackendRights.None ? said.Contains("Any credential.", StringComparison.Ordinal) : said.Contains($"Right: {rights.ToString().ToLowerInvariant()}.", StringComparison.Ordinal), said);
        }
    }

    [Fact]
    public void Every_document_has_the_members_of_its_type_and_requires_those_that_are_always_there()
    {
        foreach (var (name, type) in Documents)
        {
            var schema = Schema(name);
            var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            var always = members.Where(member => new NullabilityInfoContext().Create(member.Value).ReadState is NullabilityState.NotNull && Nullable.GetUnderlyingType(member.Value.PropertyType) is null);

            Assert.Equal(members.Keys.Order(), schema.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order());
            Assert.Equal(always.Select(member => member.Key).Order(), schema.GetProperty("required").EnumerateArray().Select(member => member.GetString()!).Order());
        }
    }

    [Fact]
    public void Every_word_is_one_of_the_programs_and_none_is_missing()
    {
        Assert.Equal(Enum.GetValues<VerdictOutcome>().Select(TelemetryNames.Word), Words(Schema("Outcome")));
        Assert.Equal(Enum.GetValues<TransactionState>().Select(TelemetryNames.Word).Order(), Words(Schema("UserTransaction").GetProperty("properties").GetProperty("state")).Order());

        var reasons = Words(Schema("Verdict").GetProperty("properties").GetProperty("reason"));
        var written = string.Concat(Directory.EnumerateFiles(Path.Combine(Conventions.Sources.Root, "src/OzGateway/Verdicts"), "*.cs").Select(File.ReadAllText));
        Assert.All(reasons, reason => Assert.Contains($"\"{reason}\"", written, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_problem_has_the_status_of_the_table()
    {
        var rows = Enum.GetValues<GatewayProblem>().Select(ProblemTable.Of).ToDictionary(row => row.Code);
        var said = from each in Operations()
                   from response in each.Operation.GetProperty("responses").EnumerateObject()
                   where response.Value.TryGetProperty("content", out var content) && content.TryGetProperty("application/problem+json", out _)
                   from code in Words(response.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("allOf")[1].GetProperty("properties").GetProperty("code"))
                   select (response.Name, Code: code);

        Assert.All(said, problem => Assert.Equal(problem.Name, $"{rows[problem.Code].Status}"));
        Assert.True(said.Count() > 20);
    }

    [Fact]
    public void Every_example_is_a_document_of_its_kind()
    {
        var examples = from each in Operations()
                       from response in each.Operation.GetProperty("responses").EnumerateObject()
                       where response.Value.TryGetProperty("content", out _)
                       from media in response.Value.GetProperty("content").EnumerateObject()
                       where media.Value.TryGetProperty("schema", out var schema) && schema.TryGetProperty("$ref", out _)
                       from example in Examples(media.Value)
                       select (Name: media.Value.GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1], example);

        var all = examples.ToList();
        Assert.Equal(8, all.Count);
        Assert.All(all, each => AssertFits(each.Name, each.example));
    }

    private static IEnumerable<JsonElement> Examples(JsonElement media) =>
        media.TryGetProperty("examples", out var named) ? named.EnumerateObject().Select(example => example.Value.GetProperty("value"))
        : media.TryGetProperty("example", out var one) ? [one]
        : [];

    // Every member is known, every required one is there, and what is a document inside is one too.
    private static void AssertFits(string name, JsonElement value)
    {
        var schema = Schema(name);
        if (value.ValueKind is JsonValueKind.String)
        {
            Assert.Contains(value.GetString(), Words(schema));
            return;
        }

        Assert.All(schema.GetProperty("required").EnumerateArray(), member => Assert.True(value.TryGetProperty(member.GetString()!, out _), $"{name}.{member}"));
        foreach (var member in value.EnumerateObject())
        {
            var inside = schema.GetProperty("properties").GetProperty(member.Name);
            if (inside.TryGetProperty("$ref", out var single))
            {
                AssertFits(single.GetString()!.Split('/')[^1], member.Value);
            }
            else if (inside.TryGetProperty("items", out var items) && items.TryGetProperty("$ref", out var each))
            {
                Assert.All(member.Value.EnumerateArray(), item => AssertFits(each.GetString()!.Split('/')[^1], item));
            }
        }
    }

    private static JsonElement Schema(string name) => Document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static IEnumerable<string> Words(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(word => word.GetString()!);

    private static IEnumerable<(string Method, string Path, JsonElement Operation)> Operations() =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from member in path.Value.EnumerateObject()
        where member.Name is "get" or "post" or "delete"
        select (member.Name.ToUpperInvariant(), path.Name, member.Value);
}
