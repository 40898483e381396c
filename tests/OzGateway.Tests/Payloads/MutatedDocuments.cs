using System.Text;
using System.Text.Json;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>Documents by seed, most of them changed so that they are nearly JSON.</summary>
internal static class MutatedDocuments
{
    private static readonly JsonProjector Meaningless = new(new ProjectionRules { StateMember = "no member of any document" }, new PayloadLimits());

    private static readonly JsonProjector Blind = new(new ProjectionRules { Wrappers = [] }, new PayloadLimits());

    private static readonly JsonProjector[] Plain = [.. Enum.GetValues<ResultShape>().Select(shape =>
        new JsonProjector(new ProjectionRules { Wrappers = [Rewrite.Path("$"), Rewrite.Path("$.result")], Shape = shape }, new PayloadLimits()))];

    public static byte[] Of(int seed)
    {
        var random = new RandomBodies(seed);
        var inner = random.Object(4)[1..].Trim();
        var state = (seed % 4) switch { 0 => "processing", 1 => "success", 2 => "FINISHED", _ => "declined" };
        var analyses = $$$""","analyses":{"quality":{"state":"finished","resolution":"{{{state}}}","score":{{{seed % 7}}}.5e-1}},"folder_id":"f{{{seed}}}" """;
        var document = Encoding.UTF8.GetBytes($"{{\"state\":\"{state}\"{(seed % 3 == 0 ? analyses : "")}" + (inner == "}" ? inner : "," + inner));
        return seed % 8 == 0 ? document : random.Mutate(document);
    }

    /// <summary>The same with much that nobody looks at, so that it is skipped in blocks.</summary>
    public static byte[] Long(int seed)
    {
        var random = new RandomBodies(seed);
        var media = string.Join(seed % 2 == 0 ? "," : " ,\n    ", Enumerable.Range(0, 3 + (seed % 5)).Select(number =>
            $$"""{"media_id":"0f8f\/{{number}}","info":{"width":{{number}}20,"fps":-{{number}}.5e+1,"tags":["a",null,true,[],{}]},"more":{{random.Object(3)}}}"""));
        var document = Encoding.UTF8.GetBytes($$"""{"media":[{{media}}],"state":"finished"}""");
        return seed % 8 == 0 ? document : random.Mutate(document);
    }

    /// <summary>Whether the bytes are JSON to the strict reader of the base library.</summary>
    public static bool IsStrict(byte[] document)
    {
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether the bytes are JSON to the reader of answers, whatever they mean: what they mean is asked last.</summary>
    /// <remarks>A result may be JSON in a string at the root, which to the other reader is a string like any other: there it is not looked for.</remarks>
    public static bool IsTaken(byte[] document, int[] cuts) =>
        Read(document.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'"', ..] ? Blind : Meaningless, document, cuts).Fault is null or PayloadFault.MissingState;

    /// <summary>What leaves and what is seen; nothing where the document is refused. A document that is wrong in two ways may be refused for either.</summary>
    public static (string? Document, string? Seen) Tell(byte[] document, int[] cuts, ResultShape shape = ResultShape.Safe)
    {
        var (told, _, seen) = Read(Plain[(int)shape], document, cuts);
        return (told, seen);
    }

    private static (string? Document, PayloadFault? Fault, string? Seen) Read(JsonProjector projector, byte[] document, int[] cuts)
    {
        using var reader = projector.Open();
        try
        {
            var start = 0;
            foreach (var cut in cuts.Append(document.Length))
            {
                reader.Read(document.AsSpan(start, cut - start));
                start = cut;
            }

            var answer = reader.Complete();
            var seen = answer.Observations;
            return (Encoding.UTF8.GetString(answer.Document.Span), null, $"{seen.FolderId} {seen.Outcome} {seen.Mode} {seen.UnknownMembers}");
        }
        catch (PayloadException fault)
        {
            return (null, fault.Fault, null);
        }
    }
}
