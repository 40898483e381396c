using System.Buffers;
using System.Text.RegularExpressions;

using OzGateway.Payloads;

using SharpFuzz;

namespace OzGateway.Benchmarks.Injection;

/// <summary>
/// What a fuzzer drives: any bytes are either refused or rewritten, however they are sliced, and what was rewritten needs no second rewriting,
/// so that nothing of the page's is left in it and ours stands in it once.
/// </summary>
internal static class InjectorFuzz
{
    private const string Boundary = "B";

    private static readonly InjectionRules Rules = new()
    {
        Targets = [InjectionTarget.Json(Meta()), InjectionTarget.Part("meta"), InjectionTarget.PartPerKey("meta[{key}]"), InjectionTarget.Field("meta"), InjectionTarget.FieldPerKey("meta[{key}]")],
        Set = [new("transaction_id", "oz1_S"), new("user_id", "u1_S")],
        Strip = ["iin"],
        Limits = new PayloadLimits { MaxHeldBytes = 512, MaxEmbeddedBytes = 2048, MaxParts = 16, MaxPartHeaderBytes = 512 },
    };

    private static readonly InjectionRules Keeping = Rules with { Keep = [new KeptKey("a", 8, null), new KeptKey("b", 4, new Regex("^[0-9]+$", RegexOptions.NonBacktracking))] };

    /// <summary>Serves a fuzzer that started this program; reads one input from standard input where none did.</summary>
    /// <param name="kind">json, multipart or form.</param>
    public static int Run(string kind)
    {
        if (!Enum.TryParse<PayloadKind>(kind, ignoreCase: true, out var payload))
        {
            Console.Error.WriteLine("fuzz json|multipart|form");
            return 2;
        }

        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            Check(payload, input.ToArray());
        });
        return 0;
    }

    /// <summary>Checks one body, with and without a list of kept keys; throws where a promise does not hold.</summary>
    public static void Check(PayloadKind kind, byte[] body)
    {
        Check(kind, Rules, body);
        Check(kind, Keeping, body);
    }

    private static void Check(PayloadKind kind, InjectionRules rules, byte[] body)
    {
        var whole = Outcome(kind, rules, body, body.Length);
        foreach (var slice in (int[])[1, 7])
        {
            var sliced = Outcome(kind, rules, body, slice);
            if (!Same(whole, sliced))
            {
                throw new InvalidOperationException($"Slices of {slice} bytes give another outcome: {sliced.Fault}, not {whole.Fault}.");
            }
        }

        if (whole is { Output: { } output } && !Same(whole, Outcome(kind, Again(rules), output, output.Length)))
        {
            throw new InvalidOperationException("A second rewriting changed something.");
        }
    }

    private static (byte[]? Output, PayloadFault? Fault) Outcome(PayloadKind kind, InjectionRules rules, byte[] body, int slice)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + 256);
        try
        {
            var rewriter = PayloadRewriter.Create(kind, rules, Boundary);
            for (var start = 0; start < body.Length; start += slice)
            {
                rewriter.Write(body.AsSpan(start, Math.Min(slice, body.Length - start)), output);
            }

            rewriter.Complete(output);
            return (output.WrittenSpan.ToArray(), null);
        }
        catch (PayloadException refused)
        {
            return (null, refused.Fault);
        }
    }

    // What was rewritten holds our parts as well.
    private static InjectionRules Again(InjectionRules rules) => rules with { Limits = rules.Limits with { MaxParts = 32, MaxEmbeddedBytes = 4096 } };

    private static bool Same((byte[]? Output, PayloadFault? Fault) one, (byte[]? Output, PayloadFault? Fault) other) =>
        one.Fault == other.Fault && one.Output.AsSpan().SequenceEqual(other.Output);

    private static MemberPath Meta() => MemberPath.TryParse("$.meta", out var path, out _) ? path : throw new InvalidOperationException("No path.");
}
