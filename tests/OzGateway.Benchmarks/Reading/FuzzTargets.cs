using System.IO.Compression;

using OzGateway.Payloads;
using OzGateway.Tests.Payloads;

using SharpFuzz;

namespace OzGateway.Benchmarks.Reading;

/// <summary>Targets for afl-fuzz. A target ends in a fault or in nothing; everything else is a finding.</summary>
internal static class FuzzTargets
{
    private static readonly SensitiveNames Names = new(["folder_id", "access_token"]);

    /// <summary>Runs a target until afl-fuzz ends it.</summary>
    public static int Run(string target)
    {
        Action<byte[]>? run = target switch { "answers" => Answers, "session" => Session, "codings" => Codings, _ => null };
        if (run is null)
        {
            Console.Error.WriteLine("reading fuzz (answers|session|codings)");
            return 2;
        }

        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            run(input.ToArray());
        });
        return 0;
    }

    // Agreement with another reader; one answer whatever the slices; what leaves leaves again as it is.
    private static void Answers(byte[] document)
    {
        Require(MutatedDocuments.IsTaken(document, []) == MutatedDocuments.IsStrict(document), "another reader disagrees");
        foreach (var shape in Enum.GetValues<ResultShape>())
        {
            var told = MutatedDocuments.Tell(document, [], shape);
            Require(told == MutatedDocuments.Tell(document, [.. Enumerable.Range(0, document.Length)], shape), "slices matter");
            Require(told.Document is null || told.Document == MutatedDocuments.Tell(System.Text.Encoding.UTF8.GetBytes(told.Document), [], shape).Document, "no fixed point");
            Require(shape != ResultShape.Safe || told.Document is null or """{"state":"processing"}""" or """{"state":"finished"}""", "more than the state leaves");
        }
    }

    private static void Session(byte[] document)
    {
        try
        {
            Names.Check(document, new PayloadLimits());
        }
        catch (PayloadException)
        {
            // Refused.
        }
    }

    // What is taken is what the base library decodes, and not a byte of it is left out.
    private static void Codings(byte[] body)
    {
        foreach (var coding in (ContentCoding[])[ContentCoding.GZip, ContentCoding.Deflate, ContentCoding.Brotli])
        {
            using var answer = new AdmittedAnswer();
            try
            {
                new AnswerBody(1 << 20, 1000).ReadAsync(new MemoryStream(body), coding, answer, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
            catch (PayloadException)
            {
                continue;
            }

            Require(answer.Document.Span.SequenceEqual(Decoded(coding, body)), "another decoder disagrees");
        }
    }

    private static byte[] Decoded(ContentCoding coding, byte[] body)
    {
        using var output = new MemoryStream();
        var input = new MemoryStream(body);
        using Stream decoder = coding switch
        {
            ContentCoding.GZip => new GZipStream(input, CompressionMode.Decompress),
            ContentCoding.Brotli => new BrotliStream(input, CompressionMode.Decompress),
            _ when (body[0] & 0x0f) == 8 && ((body[0] << 8) | body[1]) % 31 == 0 => new ZLibStream(input, CompressionMode.Decompress),
            _ => new DeflateStream(input, CompressionMode.Decompress),
        };
        decoder.CopyTo(output);
        return output.ToArray();
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}
