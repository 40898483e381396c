using System.Globalization;
using System.Text;
using System.Text.Json;

using CsCheck;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>What holds for all metadata where its keys are listed, however the body is made and sliced.</summary>
public sealed class KeptMetadataLaws
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    internal static readonly string[] Allowed = ["branch", "order", "transaction_id"];

    private static readonly string[] Names =
        ["branch", "order", "Branch", "order ", "branch[]", "other", "__proto__", "meta", "iin", "transaction_id", "Transaction-Id", "a.branch", "br%61nch", "", "\u00e9", "name", "value"];

    private static readonly string[] Values =
        ["\"Astana-7\"", "\"12\"", "12", "true", "null", "\"\"", "{}", "[\"x\"]", "{\"branch\":\"x\"}", "\"?iin=1&a=2\"", "\"{\\\"iin\\\":1}\"", "\"far too long a text\"", "\"\\u0000\"", "\"transaction_id\""];

    public static TheoryData<PayloadKind> Kinds => new(PayloadKind.Json, PayloadKind.Multipart, PayloadKind.Form);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Metadata_holds_no_key_but_those_that_are_kept_or_set(PayloadKind kind) => Seeds.Sample(
        seed =>
        {
            var body = Body(kind, seed);
            var outcome = Rewrite.Outcome(kind, body, KeptMetadataTests.Rules, []);
            if (!Enum.TryParse<PayloadFault>(outcome, out _))
            {
                var keys = Keys(kind, Encoding.Latin1.GetBytes(outcome)).ToArray();
                Assert.All(keys, key => Assert.Contains(key, Allowed));
                Assert.Single(keys, "transaction_id");
                Assert.Equal(outcome, Rewrite.Outcome(kind, Encoding.Latin1.GetBytes(outcome), KeptMetadataTests.Rules, []));
            }
        },
        iter: 2000, threads: 2);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_slicing_gives_the_same_output(PayloadKind kind) => Seeds.Sample(
        seed =>
        {
            var random = new RandomBodies(seed ^ 1);
            var body = seed % 3 == 0 ? random.Mutate(Body(kind, seed)) : Body(kind, seed);
            var whole = Rewrite.Outcome(kind, body, KeptMetadataTests.Rules, []);
            Assert.Equal(whole, Rewrite.Outcome(kind, body, KeptMetadataTests.Rules, random.Cuts(body.Length)));
            Assert.Equal(whole, Rewrite.Outcome(kind, body, KeptMetadataTests.Rules, Enumerable.Range(0, body.Length)));
        },
        iter: 1000, threads: 2);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_of_the_pages_gets_through_a_list(PayloadKind kind)
    {
        foreach (var (label, body) in HostileBodies.Of(kind))
        {
            var outcome = Rewrite.Outcome(kind, body, KeptMetadataTests.Rules with { Set = Rewrite.Rules.Set }, []);
            Assert.True(Enum.TryParse<PayloadFault>(outcome, out _) || !BodyReadings.Of(Encoding.Latin1.GetBytes(outcome)).Any(static reading => reading.Contains(RandomBodies.Evil, StringComparison.OrdinalIgnoreCase)), label);
        }
    }

    internal static byte[] Body(PayloadKind kind, int seed)
    {
        var random = new Random(seed);
        var pairs = Enumerable.Range(0, random.Next(5)).Select(_ => (Name: One(random, Names), Value: One(random, Values))).ToArray();
        var json = "{" + string.Join(',', pairs.Select(static pair => JsonSerializer.Serialize(pair.Name) + ":" + pair.Value)) + "}";
        var perKey = random.Next(2) == 0;
        return Encoding.UTF8.GetBytes(kind switch
        {
            PayloadKind.Json => random.Next(3) switch
            {
                0 => $$"""{"a":{{json}},"meta":{{json}}}""",
                1 => $$$"""{"meta":{{{JsonSerializer.Serialize(json)}}},"payload":{"folder:meta_data":{} }}""",
                _ => $$$"""{"payload":{"folder:meta_data":{{{json}}},"x":1}}""",
            },
            PayloadKind.Form => "a=1&" + (perKey ? string.Join('&', pairs.Select(static pair => $"meta[{Uri.EscapeDataString(pair.Name)}]={Uri.EscapeDataString(Text(pair.Value))}")) : "meta=" + Uri.EscapeDataString(json)),
            _ => (perKey ? string.Concat(pairs.Select(static pair => Rewrite.Field($"meta[{pair.Name}]", Text(pair.Value)))) : Rewrite.Field("meta", json)) + Rewrite.Field("a", "1") + Rewrite.End,
        });
    }

    private static T One<T>(Random random, T[] items) => items[random.Next(items.Length)];

    private static string Text(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind is JsonValueKind.String ? document.RootElement.GetString()! : json;
    }

    /// <summary>The keys of metadata in what was written, as a plain reader finds them.</summary>
    private static IEnumerable<string> Keys(PayloadKind kind, byte[] body) => kind switch
    {
        PayloadKind.Json => JsonKeys(Encoding.UTF8.GetString(body), "meta").Concat(JsonKeys(Encoding.UTF8.GetString(body), "payload", "folder:meta_data")),
        PayloadKind.Form => Encoding.ASCII.GetString(body).Split('&').Select(static pair => pair.Split('=')).SelectMany(static pair => NamedKeys(Uri.UnescapeDataString(pair[0].Replace('+', ' ')), Uri.UnescapeDataString(pair[1].Replace('+', ' ')))),
        _ => Encoding.UTF8.GetString(body).Split("--" + Rewrite.Boundary + "\r\n")[1..].Select(static part => part.Split("\r\n\r\n", 2))
            .SelectMany(static part => NamedKeys(part[0].Split('"')[1], part[1].Split("\r\n--")[0].TrimEnd('\r', '\n'))),
    };

    private static List<string> NamedKeys(string name, string content) =>
        name == "meta" ? JsonKeys(content) : name.StartsWith("meta[", StringComparison.Ordinal) ? [name[5..^1]] : [];

    private static List<string> JsonKeys(string json, params string[] path)
    {
        using var document = JsonDocument.Parse(json);
        var found = document.RootElement;
        foreach (var step in path)
        {
            if (!found.TryGetProperty(step, out found))
            {
                return [];
            }
        }

        return found.ValueKind is JsonValueKind.String ? JsonKeys(found.GetString()!) : [.. found.EnumerateObject().Select(static member => member.Name.ToString(CultureInfo.InvariantCulture))];
    }
}
