using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

using CsCheck;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>What holds for every body, however it is made and sliced.</summary>
public sealed class InjectorLaws
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    public static TheoryData<PayloadKind> Kinds => new(PayloadKind.Json, PayloadKind.Multipart, PayloadKind.Form);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_pages_value_is_nowhere_and_ours_is_there_once(PayloadKind kind) => Seeds.Sample(
        seed =>
        {
            var output = Encoding.Latin1.GetString(Rewrite.Bytes(kind, Body(kind, seed), null, []));
            foreach (var reading in new[] { output, Uri.UnescapeDataString(output), Unescaped(output), Unescaped(Unescaped(output)) })
            {
                Assert.DoesNotContain(RandomBodies.Evil, reading, StringComparison.OrdinalIgnoreCase);
                Assert.Equal(2, reading.Split(Rewrite.ServerId).Length);
            }
        },
        iter: 1500, threads: 2);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_slicing_gives_the_same_output(PayloadKind kind) => Seeds.Sample(
        seed =>
        {
            var random = new RandomBodies(seed ^ 1);
            var body = Body(kind, seed);
            body = seed % 3 == 0 ? random.Mutate(body) : body;
            var whole = Rewrite.Outcome(kind, body, null, []);
            Assert.Equal(whole, Rewrite.Outcome(kind, body, null, random.Cuts(body.Length)));
            Assert.Equal(whole, Rewrite.Outcome(kind, body, null, Enumerable.Range(0, body.Length)));
        },
        iter: 1000, threads: 2);

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task A_stream_gives_the_same_output_whatever_is_read_at_once(PayloadKind kind) => Gen.Select(Seeds, Gen.Int[1, 40], Gen.Int[1, 40]).SampleAsync(
        async (seed, innerBytes, readBytes) =>
        {
            var body = Body(kind, seed);
            using var inner = new SlicedStream(body, innerBytes);
            using var stream = Stream(kind, inner);
            using var output = new MemoryStream();
            var buffer = new byte[readBytes];
            for (int count; (count = await stream.ReadAsync(buffer)) > 0;)
            {
                output.Write(buffer, 0, count);
            }

            Assert.Equal(Rewrite.Bytes(kind, body, null, []), output.ToArray());
            Assert.True(stream.ReachedEnd);
        },
        iter: 300, threads: 2);

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task A_copied_stream_gives_the_same_output_however_much_was_read_before(PayloadKind kind) => Gen.Select(Seeds, Gen.Int[1, 40], Gen.Int[0, 40]).SampleAsync(
        async (seed, innerBytes, readBytes) =>
        {
            var body = Body(kind, seed);
            using var inner = new SlicedStream(body, innerBytes);
            using var stream = Stream(kind, inner);
            using var output = new MemoryStream();
            var buffer = new byte[readBytes];
            output.Write(buffer, 0, await stream.ReadAsync(buffer));
            await stream.CopyToAsync(output);
            Assert.Equal(Rewrite.Bytes(kind, body, null, []), output.ToArray());
            Assert.True(stream.ReachedEnd);
        },
        iter: 300, threads: 2);

    [Theory]
    [InlineData(PayloadKind.Json, """{"m\u0065ta":{"transaction_id":"x\n","a":-1e5},"b":" {\"iin\":\"é\"}","c":"😀"}""")]
    [InlineData(PayloadKind.Form, "meta={\"iin\":1}&transaction%5Fid=%c3%bc&a+b=c;d&")]
    [InlineData(PayloadKind.Multipart, "p\r\n--B\r\nContent-Disposition: form-data; name=\"iin\"\r\n\r\nx\r\n--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n\r\n--\r\n\r\n--B--\r\ne")]
    public void Every_split_in_three_gives_the_same_output(PayloadKind kind, string text)
    {
        var body = Encoding.UTF8.GetBytes(text.Replace("--B", "--" + Rewrite.Boundary, StringComparison.Ordinal));
        var whole = Rewrite.Outcome(kind, body, null, []);
        Assert.Contains(Rewrite.ServerId, whole, StringComparison.Ordinal);
        for (var first = 0; first <= body.Length; first++)
        {
            for (var second = first; second <= body.Length; second++)
            {
                Assert.Equal(whole, Rewrite.Outcome(kind, body, null, [first, second]));
            }
        }
    }

    [Theory]
    [InlineData(17_000, "{\"iin\":\"x\"}")]
    [InlineData(17_000, "{\"iin\":\"x\"")]
    [InlineData(17_000, "iin=x")]
    [InlineData(1_048_570, "{\"iin\":\"x\"}")]
    public void A_text_that_begins_late_is_read_alike_in_every_slicing(int blanks, string text)
    {
        var body = Encoding.UTF8.GetBytes(Rewrite.Field("x", new string(' ', blanks) + "\u00a0" + text) + Rewrite.End);
        var whole = Rewrite.Outcome(PayloadKind.Multipart, body, null, []);
        foreach (var step in (int[])[7, 1000, 16_384])
        {
            Assert.Equal(whole, Rewrite.Outcome(PayloadKind.Multipart, body, null, Enumerable.Range(1, body.Length / step).Select(cut => cut * step)));
        }
    }

    [Fact]
    public void What_is_written_is_json_with_the_other_members_unchanged() => Seeds.Sample(
        seed =>
        {
            using var input = JsonDocument.Parse(Body(PayloadKind.Json, seed));
            using var output = JsonDocument.Parse(Rewrite.Bytes(PayloadKind.Json, Body(PayloadKind.Json, seed), null, []));
            var names = input.RootElement.EnumerateObject().Where(static member => member.Name is "a" or "b" or "video" or "params").ToArray();
            var kept = output.RootElement.EnumerateObject().Where(static member => member.Name is "a" or "b" or "video" or "params").ToArray();
            Assert.Equal(names.Select(static member => member.Name), kept.Select(static member => member.Name));
            Assert.Equal(
                names.Where(static member => member.Value.ValueKind == JsonValueKind.Number).Select(static member => member.Value.GetRawText()),
                kept.Where(static member => member.Value.ValueKind == JsonValueKind.Number).Select(static member => member.Value.GetRawText()));
        },
        iter: 1000, threads: 2);

    [Fact]
    public void What_is_accepted_is_what_another_strict_reader_accepts() => Seeds.Sample(
        seed =>
        {
            var body = new RandomBodies(seed ^ 2).Mutate(Body(PayloadKind.Json, seed));
            var outcome = Rewrite.Outcome(PayloadKind.Json, body, Rewrite.StripOnly, []);
            var isFault = Enum.TryParse<PayloadFault>(outcome, out _);
            Assert.True(isFault || IsJson(body), "Accepted what JsonDocument refuses.");
            Assert.True(isFault || IsJson(Encoding.Latin1.GetBytes(outcome)), "Wrote what JsonDocument refuses.");
        },
        iter: 3000, threads: 2);

    [Fact]
    public void Media_of_any_length_is_passed_on_unchanged() => Gen.Select(Gen.Int[0, 5000], Seeds).Sample(
        (length, seed) =>
        {
            var media = LookAlikes.Of(length, seed);
            var body = LookAlikes.Upload(media);
            var output = Rewrite.Bytes(PayloadKind.Multipart, body, null, new RandomBodies(seed).Cuts(body.Length));
            Assert.True(media.AsSpan().SequenceEqual(LookAlikes.MediaOf(output)));
        },
        iter: 500, threads: 2);

    private static byte[] Body(PayloadKind kind, int seed)
    {
        var random = new RandomBodies(seed);
        return Encoding.UTF8.GetBytes(kind switch
        {
            PayloadKind.Json => random.Object(4, withMeta: true),
            PayloadKind.Form => random.Form(),
            _ => random.Multipart(),
        });
    }

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 64 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static RewritingStream Stream(PayloadKind kind, Stream body) => new(PipeReader.Create(body), PayloadRewriter.Create(kind, Rewrite.OnlyId, Rewrite.Boundary));

    private static string Unescaped(string text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 5 < text.Length && text[i + 1] == 'u')
            {
                result.Append((char)Convert.ToInt32(text.Substring(i + 2, 4), 16));
                i += 5;
            }
            else if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
            }
            else
            {
                result.Append(text[++i]);
            }
        }

        return result.ToString();
    }
}
