using System.Buffers;
using System.Text;
using System.Text.Json;

using CsCheck;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>What holds for every answer.</summary>
public sealed class JsonProjectorLaws
{
    private const string Canary = RandomBodies.Evil;

    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    private static readonly ProjectionRules Wrapped = new() { Wrappers = [Rewrite.Path("$"), Rewrite.Path("$.meta"), Rewrite.Path("$.params[*]")] };

    [Fact]
    public void Nothing_unlisted_ever_leaves() => Seeds.Sample(
        seed =>
        {
            var random = new RandomBodies(seed);
            var document = Encoding.UTF8.GetBytes(Answer(random, seed));
            document = seed % 2 == 0 ? random.Mutate(document) : document;
            foreach (var rules in new[] { new ProjectionRules(), Wrapped })
            {
                var output = Project(document, rules, out _);
                Assert.Contains(output, new[] { "", """{"state":"processing"}""", """{"state":"finished"}""" });
                Assert.DoesNotContain(Canary, output, StringComparison.Ordinal);
            }
        },
        iter: 4000, threads: 2);

    [Fact]
    public void The_state_agrees_with_another_reader() => Seeds.Sample(
        seed =>
        {
            var random = new RandomBodies(seed);
            var bytes = Encoding.UTF8.GetBytes(Answer(random, seed));
            bytes = seed % 2 == 0 ? random.Mutate(bytes) : bytes;
            var output = Project(bytes, new ProjectionRules(), out var fault);
            var expected = StateOf(bytes);
            if (expected is null)
            {
                Assert.NotNull(fault);
            }
            else if (fault is null)
            {
                Assert.Equal($$"""{"state":"{{expected}}"}""", output);
            }
            else
            {
                // Stricter than the other reader only here: it lets duplicates and lone surrogates pass.
                Assert.Contains(fault.Value, new[] { PayloadFault.DuplicateMember, PayloadFault.InvalidUtf8 });
            }
        },
        iter: 4000, threads: 2);

    private static string Answer(RandomBodies random, int seed)
    {
        var inner = random.Object(4);
        var state = (seed % 5) switch { 0 => "processing", 1 => "success", 2 => "FINISHED", 3 => "operator_required", _ => "declined" };
        var rest = inner[1..].Trim();
        return $"{{\"state\":\"{state}\",\"{Canary}\":\"{Canary}\"" + (rest == "}" ? rest : "," + rest);
    }

    private static string Project(byte[] document, ProjectionRules rules, out PayloadFault? fault)
    {
        fault = null;
        try
        {
            return Encoding.UTF8.GetString(new JsonProjector(rules, new PayloadLimits()).Project(new ReadOnlySequence<byte>(document)).Document.Span);
        }
        catch (PayloadException exception)
        {
            fault = exception.Fault;
            return "";
        }
    }

    private static string? StateOf(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.GetProperty("state").GetString()!.ToLowerInvariant() switch
            {
                "processing" => "processing",
                "finished" or "success" or "declined" or "failed" or "operator_required" => "finished",
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or NullReferenceException)
        {
            return null;
        }
    }
}
