using System.Buffers;
using System.Text;

using CsCheck;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>What is told of a submission: names, types and orders of size, and never what stood there.</summary>
public sealed class ShapeWatchTests
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    public static TheoryData<PayloadKind> Kinds => new(PayloadKind.Json, PayloadKind.Multipart, PayloadKind.Form);

    [Fact]
    public void A_multipart_body_is_told_by_its_parts_and_the_members_of_its_json()
    {
        var body = Rewrite.Part("Content-Disposition: form-data; name=\"video_0\"; filename=\"me.webm\"\r\nContent-Type: video/webm;codecs=vp8", new string('v', 2000))
            + Rewrite.Field("meta", """{"user":{"name":"QUOKKA"},"tags":["a","bb"],"n":1}""")
            + Rewrite.Field("empty", "") + Rewrite.End;

        Assert.Equal(
            "video_0: file video/webm <= 64 KiB, meta: json <= 64 B, meta.user: object, meta.user.name: text <= 64 B, meta.tags: array, meta.tags[]: text <= 64 B, meta.n: scalar, empty: text empty",
            Shape(PayloadKind.Multipart, body).ToString());
    }

    [Fact]
    public void A_json_body_is_told_by_its_members()
    {
        var shape = Shape(PayloadKind.Json, """{"folder":{"meta":"{\"a\":1}"},"media":[{"data":"AAAA"},{"data":"BBBB"}]}""");

        Assert.Equal("(body): object, folder: object, folder.meta: json <= 64 B, media: array, media[]: object, media[].data: text <= 64 B", shape.ToString());
    }

    [Fact]
    public void A_form_is_told_by_its_fields() =>
        Assert.Equal("meta[transaction_id]: text <= 64 B, meta: json <= 64 B, meta.k: text empty", Shape(PayloadKind.Form, "meta%5Btransaction_id%5D=QUOKKA&meta=%7B%22k%22%3A%22%22%7D").ToString());

    [Fact]
    public void A_body_that_is_not_read_is_told_by_its_size() =>
        Assert.Equal("(body): opaque <= 1 KiB", Shape(PayloadKind.Opaque, new string('x', 100)).ToString());

    [Fact]
    public void What_does_not_look_like_a_name_is_not_told()
    {
        Assert.Equal("(body): object, ?: scalar", Shape(PayloadKind.Json, """{"QUOKKA 1234567":1,"a@b":2}""").ToString());
        Assert.Equal("?: text <= 64 B", Shape(PayloadKind.Multipart, Rewrite.Part("Content-Disposition: form-data; name=\"id 0123456789\"", "x") + Rewrite.End).ToString());
        Assert.Equal("p: file ? <= 64 B", Shape(PayloadKind.Multipart, Rewrite.Part("Content-Disposition: form-data; name=\"p\"\r\nContent-Type: application/x123456", "x") + Rewrite.End).ToString());
    }

    [Fact]
    public void Two_submissions_that_differ_in_values_and_sizes_have_one_outline()
    {
        var one = Shape(PayloadKind.Json, """{"a":"x","b":[1]}""");
        var other = Shape(PayloadKind.Json, $$"""{"a":"{{new string('y', 5000)}}","b":[2,3,4]}""");

        Assert.Equal(one.Outline, other.Outline);
        Assert.NotEqual(one.ToString(), other.ToString());
    }

    [Fact]
    public void Places_beyond_the_bound_are_counted_only()
    {
        var names = Enumerable.Range(0, 26 * 4).Select(i => $"\"{(char)('a' + (i % 26))}{new string('z', i / 26)}\":1");
        var shape = Shape(PayloadKind.Json, "{" + string.Join(',', names) + "}");

        Assert.Equal(SubmissionShape.MaxEntries, shape.Entries.Count);
        Assert.Equal((26 * 4) + 1 - SubmissionShape.MaxEntries, shape.Further);
        Assert.EndsWith(", and more", shape.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_deeper_than_the_bound_is_told_as_far_as_it_goes() =>
        Assert.Equal(8, Shape(PayloadKind.Json, string.Concat(Enumerable.Repeat("{\"a\":", 20)) + "1" + new string('}', 20)).Entries.Count(entry => entry.Path != SubmissionShape.Body));

    [Fact]
    public void A_body_that_is_refused_is_told_up_to_there()
    {
        var shape = Shape(PayloadKind.Json, """{"a":1,"b":tru!}""");

        Assert.Equal("(body): object, a: scalar, b: scalar (not read further: MalformedJson)", shape.ToString());
    }

    [Fact]
    public void A_body_that_is_cut_off_says_so()
    {
        var watch = Watch(PayloadKind.Json, "");
        watch.Write("""{"a":"""u8, new ArrayBufferWriter<byte>());

        Assert.Equal("(body): object (cut off)", watch.Shape.ToString());
    }

    [Fact]
    public void A_part_that_only_begins_like_json_is_text() =>
        Assert.StartsWith("meta: text", Shape(PayloadKind.Multipart, Rewrite.Field("meta", "[not json") + Rewrite.End).ToString(), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Watching_changes_nothing_and_tells_no_value_however_the_body_is_sliced(PayloadKind kind) => Seeds.Sample(
        seed =>
        {
            var random = new RandomBodies(seed);
            var text = kind switch { PayloadKind.Json => random.Object(4, withMeta: true), PayloadKind.Form => random.Form(), _ => random.Multipart() };
            var body = Encoding.UTF8.GetBytes(text);
            body = seed % 3 == 0 ? random.Mutate(body) : body;
            var whole = Run(kind, body, []);

            Assert.Equal(Rewrite.Outcome(kind, body, null, []), whole.Output);
            // A body that was damaged may have its value where a name was.
            Assert.True(seed % 3 == 0 || !whole.Shape.Contains(RandomBodies.Evil, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(whole, Run(kind, body, Enumerable.Range(1, Math.Max(body.Length - 1, 0))));
        },
        iter: 150, threads: 2);

    private static (string Output, string Shape) Run(PayloadKind kind, byte[] body, IEnumerable<int> cuts)
    {
        var watch = new ShapeWatch(PayloadRewriter.Create(kind, Rewrite.OnlyId, Rewrite.Boundary), kind, new PayloadLimits(), Rewrite.Boundary);
        var output = new ArrayBufferWriter<byte>();
        try
        {
            var start = 0;
            foreach (var cut in cuts.Append(body.Length))
            {
                watch.Write(body.AsSpan(start, cut - start), output);
                start = cut;
            }

            watch.Complete(output);
            return (Encoding.Latin1.GetString(output.WrittenSpan), watch.Shape.ToString());
        }
        catch (PayloadException fault)
        {
            // How much was seen before the body was refused depends on how much came at once.
            return (fault.Fault.ToString(), "");
        }
    }

    private static SubmissionShape Shape(PayloadKind kind, string body)
    {
        var watch = Watch(kind, body);
        watch.Complete(new ArrayBufferWriter<byte>());
        return watch.Shape;
    }

    private static ShapeWatch Watch(PayloadKind kind, string body)
    {
        var watch = new ShapeWatch(PayloadRewriter.Create(PayloadKind.Opaque, new InjectionRules()), kind, new PayloadLimits(), Rewrite.Boundary);
        watch.Write(Encoding.UTF8.GetBytes(body), new ArrayBufferWriter<byte>());
        return watch;
    }
}
