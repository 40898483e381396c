using System.Text;
using System.Text.RegularExpressions;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>What chance seldom meets, gone through one by one: numbers, bytes of a character, escapes, and the bounds on both sides.</summary>
public sealed class StrictJsonCellTests
{
    private const string NumberCharacters = "05.eE+-";

    // The bytes at which the ranges of RFC 3629 begin and end, and their neighbours.
    private static readonly byte[] Edges =
        [0x00, 0x22, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF];

    [Fact]
    public void Every_short_number_is_a_number_to_both_readers_however_it_is_cut()
    {
        foreach (var number in Words(5))
        {
            Compare("{\"x\":"u8, Encoding.ASCII.GetBytes(number), ",\"y\":1}"u8, isSlow: number.Length < 5);
            Compare([], Encoding.ASCII.GetBytes(number), [], isSlow: false);
        }
    }

    [Fact]
    public void Every_sequence_of_bytes_at_the_edges_is_a_text_to_both_readers_however_it_is_cut()
    {
        foreach (var bytes in Sequences())
        {
            Compare("{\"x\":\""u8, bytes, "\"}"u8, isSlow: true);
            Compare("{\""u8, bytes, "\":{\"a\":1}}"u8, isSlow: bytes.Length < 3);
            Compare("[{\"x\":[\""u8, bytes, "\"]}]"u8, isSlow: bytes.Length < 3);
        }
    }

    [Fact]
    public void Every_pair_of_escapes_is_a_text_to_both_readers_however_it_is_cut()
    {
        string[] units = ["", "\\u0041", "\\uD7FF", "\\ud800", "\\uDBFF", "\\udc00", "\\uDFFF", "\\uE000", "\\n", "\\u12", "\\ud83", "\\x", "\\", "x", "\u00e9", "\t"];
        foreach (var first in units)
        {
            foreach (var second in units)
            {
                var bytes = Encoding.UTF8.GetBytes(first + second);
                Compare("{\"x\":\""u8, bytes, "\"}"u8, isSlow: true);
                Compare("{\""u8, bytes, "\":1}"u8, isSlow: true);
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_document_is_bounded_however_it_is_cut(int limit)
    {
        var limits = new PayloadLimits { MaxDocumentBytes = "{\"state\":\"finished\"}".Length + limit };
        var document = Encoding.UTF8.GetBytes("{\"state\":\"finished\"}    ");
        for (var cut = 0; cut <= document.Length; cut++)
        {
            Assert.Equal(limit == 4 ? null : PayloadFault.TooLarge, Fault(new ProjectionRules(), limits, document, cut));
        }
    }

    [Fact]
    public void A_fault_is_where_it_is_however_the_document_is_cut()
    {
        // The sign '^' stands before the byte that is wrong.
        foreach (var marked in (string[])[
            "{\"state\":\"finished\",\"x\":[1,2^}", "{\"x\":\"a^\u0001\"}", "{\"x\":tru^!}", "{\"x\":1} ^x", "{\"x\":0^1}", "[[[^!", "{\"x\":[{\"y\":^?", "{\"x\" ^1}"])
        {
            var at = marked.IndexOf('^', StringComparison.Ordinal);
            var text = marked.Remove(at, 1);
            var document = Encoding.UTF8.GetBytes(text);
            for (var cut = 0; cut <= document.Length; cut++)
            {
                Assert.Equal((text, at), (text, (int)Refusal(new ProjectionRules(), new PayloadLimits(), document, cut)!.Offset));
            }
        }
    }

    [Theory]
    [InlineData(4096, null)]
    [InlineData(4097, PayloadFault.KeptMemberInvalid)]
    public void A_kept_text_is_bounded_however_it_is_cut(int length, PayloadFault? fault)
    {
        var rules = new ProjectionRules { Keep = [new KeptMember(Rewrite.Path("$.note"), new Regex("a*", RegexOptions.NonBacktracking))] };
        var document = Encoding.UTF8.GetBytes($"{{\"note\":\"{new string('a', length)}\",\"state\":\"finished\"}}");
        foreach (var cut in (int[])[0, 9, 10, 2000, 4104, 4105, 4106, document.Length])
        {
            Assert.Equal(fault, Fault(rules, new PayloadLimits(), document, cut));
        }
    }

    [Fact]
    public void Results_in_texts_one_behind_the_other_are_each_read_anew()
    {
        var projector = new JsonProjector(new ProjectionRules { Wrappers = [Rewrite.Path("$.items[*]")] }, new PayloadLimits());
        const string Result = "\"{\\\"state\\\":\\\"finished\\\"}\"";
        foreach (var (document, fault) in new (string, PayloadFault?)[]
        {
            ($"{{\"items\":[{Result},{Result}]}}", null),
            ($"{{\"items\":[{Result},\"{{\\\"state\\\":\"]}}", PayloadFault.Truncated),
            ($"{{\"items\":[{Result},\"nothing\"]}}", PayloadFault.MissingState),
            ($"{{\"items\":[{Result},{Result}]}}", null),
        })
        {
            Assert.Equal(fault, Refusal(projector, Encoding.UTF8.GetBytes(document), 0)?.Fault);
        }
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, PayloadFault.TooDeep)]
    public void Json_in_texts_is_bounded_in_depth(int levels, PayloadFault? fault)
    {
        var document = "{\"folder\":1}";
        for (var level = 0; level < levels; level++)
        {
            document = System.Text.Json.JsonSerializer.Serialize(new[] { document });
        }

        var names = new SensitiveNames(["access_token"]);
        var found = Record.Exception(() => names.Check(Encoding.UTF8.GetBytes(document), new PayloadLimits { MaxEmbeddedLevels = 3 }));
        Assert.Equal(fault, (found as PayloadException)?.Fault);
    }

    /// <summary>Both readers agree on the whole, and on it cut at every byte of the middle.</summary>
    private static void Compare(ReadOnlySpan<byte> before, ReadOnlySpan<byte> middle, ReadOnlySpan<byte> behind, bool isSlow)
    {
        byte[] document = [.. before, .. middle, .. behind];
        var isStrict = MutatedDocuments.IsStrict(document);
        Assert.True(isStrict == MutatedDocuments.IsTaken(document, []), Convert.ToHexString(middle));
        for (var cut = before.Length; isSlow && cut <= before.Length + middle.Length; cut++)
        {
            Assert.True(isStrict == MutatedDocuments.IsTaken(document, [cut]), $"{Convert.ToHexString(middle)} cut at {cut - before.Length}");
        }
    }

    private static IEnumerable<string> Words(int length)
    {
        IEnumerable<string> words = [""];
        for (var i = 0; i < length; i++)
        {
            words = words.SelectMany(word => NumberCharacters.Select(c => word + c)).ToList();
            foreach (var word in words)
            {
                yield return word;
            }
        }
    }

    private static IEnumerable<byte[]> Sequences()
    {
        foreach (var a in Edges)
        {
            yield return [a];
            foreach (var b in Edges)
            {
                yield return [a, b];
                foreach (var c in Edges.Where(_ => a >= 0xC0))
                {
                    yield return [a, b, c];
                    foreach (var d in Edges.Where(_ => a >= 0xF0 && b >= 0x80 && c is 0x7F or 0x80 or 0xBF or 0xC0))
                    {
                        yield return [a, b, c, d];
                    }
                }
            }
        }
    }

    private static PayloadFault? Fault(ProjectionRules rules, PayloadLimits limits, byte[] document, int cut) => Refusal(rules, limits, document, cut)?.Fault;

    private static PayloadException? Refusal(ProjectionRules rules, PayloadLimits limits, byte[] document, int cut) => Refusal(new JsonProjector(rules, limits), document, cut);

    private static PayloadException? Refusal(JsonProjector projector, byte[] document, int cut)
    {
        using var reader = projector.Open();
        try
        {
            reader.Read(document.AsSpan(0, cut));
            reader.Read(document.AsSpan(cut));
            reader.Complete();
            return null;
        }
        catch (PayloadException fault)
        {
            return fault;
        }
    }
}
