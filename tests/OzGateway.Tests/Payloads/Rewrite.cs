using System.Buffers;
using System.Text;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>Runs a body through a rewriter, in one piece or in slices.</summary>
internal static class Rewrite
{
    public const string ServerId = "oz1_SERVERMADE";
    public const string ServerUser = "user-of-ours";
    public const string Boundary = "----WebKitFormBoundaryAbC123";

    public static InjectionRules Rules { get; } = new()
    {
        Targets = [InjectionTarget.Json(Path("$.meta")), InjectionTarget.Part("meta"), InjectionTarget.Field("meta")],
        Set = [new("transaction_id", ServerId), new("end_user_id", ServerUser)],
        Strip = ["iin"],
    };

    public static InjectionRules OnlyId { get; } = Rules with { Set = [new("transaction_id", ServerId)] };

    public static InjectionRules StripOnly { get; } = new() { Strip = ["transaction_id", "iin"] };

    public static MemberPath Path(string text) =>
        MemberPath.TryParse(text, out var path, out var error) ? path : throw new ArgumentException(error, nameof(text));

    public static string Json(string body, InjectionRules? rules = null) => Text(PayloadKind.Json, body, rules);

    public static string Form(string body, InjectionRules? rules = null) => Text(PayloadKind.Form, body, rules);

    public static string Multipart(string body, InjectionRules? rules = null) => Text(PayloadKind.Multipart, body, rules);

    public static string Text(PayloadKind kind, string body, InjectionRules? rules = null) =>
        Encoding.UTF8.GetString(Bytes(kind, Encoding.UTF8.GetBytes(body), rules, []));

    public static byte[] Bytes(PayloadKind kind, byte[] body, InjectionRules? rules, IEnumerable<int> cuts)
    {
        var rewriter = PayloadRewriter.Create(kind, rules ?? OnlyId, Boundary);
        var output = new ArrayBufferWriter<byte>();
        var start = 0;
        foreach (var cut in cuts.Append(body.Length))
        {
            rewriter.Write(body.AsSpan(start, cut - start), output);
            start = cut;
        }

        rewriter.Complete(output);
        return output.WrittenSpan.ToArray();
    }

    public static PayloadFault Fault(PayloadKind kind, byte[] body, InjectionRules? rules = null)
    {
        try
        {
            Bytes(kind, body, rules, []);
        }
        catch (PayloadException fault)
        {
            return fault.Fault;
        }

        throw new InvalidOperationException("Nothing was refused.");
    }

    public static PayloadFault Fault(PayloadKind kind, string body, InjectionRules? rules = null) => Fault(kind, Encoding.UTF8.GetBytes(body), rules);

    /// <summary>The output, or the name of the fault: what must not depend on slicing.</summary>
    public static string Outcome(PayloadKind kind, byte[] body, InjectionRules? rules, IEnumerable<int> cuts)
    {
        try
        {
            return Encoding.Latin1.GetString(Bytes(kind, body, rules, cuts));
        }
        catch (PayloadException fault)
        {
            return fault.Fault.ToString();
        }
    }

    /// <summary>One part, from its header lines and content.</summary>
    public static string Part(string headers, string content) => $"--{Boundary}\r\n{headers}\r\n\r\n{content}\r\n";

    public static string Field(string name, string content) => Part($"Content-Disposition: form-data; name=\"{name}\"", content);

    public static string End => $"--{Boundary}--\r\n";
}
