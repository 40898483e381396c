using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

using OzGateway.Payloads;
using OzGateway.Tests.Simulator;

namespace OzGateway.Tests.Payloads.Foreign;

/// <summary>What is written is read alike by parsers that are not ours: Python's (json, urllib, email) and Node's (JSON, URLSearchParams, undici).</summary>
public sealed partial class ForeignParserTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Payloads", "Foreign");

    public static TheoryData<PayloadKind> Kinds => new(PayloadKind.Json, PayloadKind.Multipart, PayloadKind.Form);

    [ForeignTheory]
    [MemberData(nameof(Kinds))]
    public async Task Two_foreign_parsers_agree_on_names_ids_and_hashes(PayloadKind kind)
    {
        var written = Written(kind);
        Assert.True(written.Count >= 200, $"Only {written.Count} bodies.");

        var (python, node) = await ReadBothAsync(kind, written);

        Assert.Equal(written.Count, python.Length);
        Assert.Equal(python, node);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kind is PayloadKind.Json ? Rewrite.ServerId : Meta)));
        Assert.All(python, line => Assert.Equal(2, line.Split(id).Length));
    }

    [ForeignTheory]
    [MemberData(nameof(Kinds))]
    public async Task Two_foreign_parsers_find_no_metadata_but_what_is_kept_or_set(PayloadKind kind)
    {
        var written = Enumerable.Range(0, 400).Select(seed => Written(kind, KeptMetadataLaws.Body(kind, seed), KeptMetadataTests.Rules)).OfType<byte[]>().ToList();
        Assert.True(written.Count >= 100, $"Only {written.Count} bodies.");

        var (python, node) = await ReadBothAsync(kind, written);

        Assert.Equal(python, node);
        var keys = python.SelectMany(static line => line.Split(' ', 2)[1].Split(';')).Select(static field => Encoding.UTF8.GetString(Convert.FromHexString(field.Split(' ')[0])))
            .Select(static name => MetadataKey().Match(name)).Where(static match => match.Success).Select(static match => match.Groups[1].Value).ToHashSet();
        Assert.Equal(KeptMetadataLaws.Allowed, keys.Order(StringComparer.Ordinal));
    }

    [ForeignTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    public async Task Two_foreign_parsers_find_the_media_with_the_same_hash(int length)
    {
        var media = LookAlikes.Of(length, seed: length + 1);

        var (python, node) = await ReadBothAsync(PayloadKind.Multipart, [Written(PayloadKind.Multipart, LookAlikes.Upload(media), Rewrite.OnlyId)!]);

        var hash = Convert.ToHexStringLower(SHA256.HashData(media));
        Assert.Contains(hash, Assert.Single(python), StringComparison.Ordinal);
        Assert.Contains(hash, Assert.Single(node), StringComparison.Ordinal);
    }

    private static string Meta => $$"""{"transaction_id":"{{Rewrite.ServerId}}"}""";

    /// <summary>What the rewriter makes of bodies whose metadata it creates or finds empty: there its place is known.</summary>
    private static List<byte[]> Written(PayloadKind kind)
    {
        var written = new List<byte[]>();
        var random = Enumerable.Range(0, 150).Select(seed => new RandomBodies(seed)).Select(bodies => kind switch
        {
            PayloadKind.Json => bodies.Object(4),
            PayloadKind.Form => bodies.Form(withMeta: false),
            _ => bodies.Multipart(withMeta: false),
        });
        foreach (var body in HostileBodies.Of(kind).Select(static body => body.Body).Concat(random.Select(Encoding.UTF8.GetBytes)))
        {
            // Names beyond ASCII, and a percent sign in the name of a part, are where these two parsers disagree with each other.
            if (Written(kind, body, Rewrite.OnlyId) is { } bytes && Encoding.Latin1.GetString(bytes) is { } text && IsPlain(kind, text) && !OddNames().IsMatch(text))
            {
                written.Add(bytes);
            }
        }

        return written;
    }

    /// <summary>The body as it is written, or null where it is refused. The page's boundary, which look-alikes imitate, is not the one that is written.</summary>
    private static byte[]? Written(PayloadKind kind, byte[] body, InjectionRules rules)
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            var rewriter = PayloadRewriter.Create(kind, rules, Rewrite.Boundary, "ozgateway-0123456789abcdef");
            rewriter.Write(body, output);
            rewriter.Complete(output);
            return output.WrittenSpan.ToArray();
        }
        catch (PayloadException)
        {
            return null;
        }
    }

    private static bool IsPlain(PayloadKind kind, string text) =>
        kind is PayloadKind.Json ? !text.Contains("\"meta\":\"", StringComparison.Ordinal) : (kind is PayloadKind.Form ? Uri.UnescapeDataString(text) : text).Contains(Meta, StringComparison.Ordinal);

    private static async Task<(string[] Python, string[] Node)> ReadBothAsync(PayloadKind kind, List<byte[]> written)
    {
        var folder = Directory.CreateTempSubdirectory("ozgateway-foreign-");
        try
        {
            for (var i = 0; i < written.Count; i++)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, i.ToString(CultureInfo.InvariantCulture)), written[i]);
            }

            return (await ReadAsync(ForeignTheoryAttribute.Python!, "parse.py", folder.FullName, kind, written.Count), await ReadAsync(Node.Path!, "parse.mjs", folder.FullName, kind, written.Count));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string[]> ReadAsync(string program, string script, string folder, PayloadKind kind, int count)
    {
        var start = new ProcessStartInfo(program, [Path.Combine(Folder, script), folder, kind.ToString(), count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex("""^(?:/meta/|/payload/folder:meta_data/|meta\[)([^\]]*)\]?$""")]
    private static partial Regex MetadataKey();

    [GeneratedRegex("""^Content-Disposition:[^\r]*[%\u0080-\u00ff]""", RegexOptions.Multiline)]
    private static partial Regex OddNames();
}
