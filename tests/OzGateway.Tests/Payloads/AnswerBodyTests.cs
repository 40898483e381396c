using CsCheck;

using OzGateway.Payloads;
using OzGateway.Tests.Projection;

namespace OzGateway.Tests.Payloads;

/// <summary>Coded answers are read to their last byte, or not at all.</summary>
public sealed class AnswerBodyTests
{
    private static readonly byte[] Document = Coded.Utf8(Planted.Full());

    public static TheoryData<ContentCoding, byte[]> Codings => new()
    {
        { ContentCoding.GZip, Coded.GZip(Document) },
        { ContentCoding.Deflate, Coded.ZLib(Document) },
        { ContentCoding.Deflate, Coded.Deflate(Document) },
        { ContentCoding.Brotli, Coded.Brotli(Document) },
        { ContentCoding.Identity, Document },
    };

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task A_whole_body_is_decoded(ContentCoding coding, byte[] body) => Assert.Equal(Document, await ReadAsync(coding, body));

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task A_body_cut_at_any_byte_is_refused(ContentCoding coding, byte[] body)
    {
        for (var length = 0; length < body.Length && coding != ContentCoding.Identity; length++)
        {
            var fault = await Assert.ThrowsAsync<PayloadException>(() => ReadAsync(coding, body[..length]));
            Assert.Contains(fault.Fault, new[] { PayloadFault.Truncated, PayloadFault.UnsupportedEncoding, PayloadFault.SurplusBytes });
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task Bytes_behind_its_end_are_refused(ContentCoding coding, byte[] body)
    {
        byte[][] surplus = [[0], [0xFF, 0xFF], new byte[100], body, Document, Coded.GZip(Document), new byte[40_000]];
        foreach (var bytes in surplus.Where(_ => coding != ContentCoding.Identity))
        {
            await Assert.ThrowsAsync<PayloadException>(() => ReadAsync(coding, [.. body, .. bytes]));
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task A_changed_bit_is_never_read_as_something_else(ContentCoding coding, byte[] body)
    {
        // Brotli and bare deflate have no check sum: there the reader of the document has the last word.
        var hasSum = coding == ContentCoding.GZip || (coding == ContentCoding.Deflate && body[0] == 0x78);
        for (var i = 0; i < body.Length && hasSum; i++)
        {
            try
            {
                Assert.Equal(Document, await ReadAsync(coding, Coded.Flipped(body, i)));
            }
            catch (PayloadException)
            {
                // Refused, as it should be; what passes is a time or a system's name in the head.
            }
        }
    }

    // Not the empty one: the framework's writer makes no gzip of nothing, but nothing.
    [Fact]
    public Task Every_document_comes_back_from_every_coding() => Gen.Byte.Array[1, 3000].SampleAsync(
        async document =>
        {
            Assert.Equal(document, await ReadAsync(ContentCoding.GZip, Coded.GZip(document)));
            Assert.Equal(document, await ReadAsync(ContentCoding.Deflate, Coded.ZLib(document)));
            Assert.Equal(document, await ReadAsync(ContentCoding.Brotli, Coded.Brotli(document)));
        },
        iter: 300);

    [Theory]
    [InlineData(1000, PayloadFault.TooLarge)]
    [InlineData(100_000, null)]
    public async Task The_size_is_bounded_before_and_behind_the_decoder(int maxBytes, PayloadFault? fault)
    {
        var document = new byte[50_000];
        foreach (var (coding, body) in new[] { (ContentCoding.Identity, document), (ContentCoding.GZip, Coded.GZip(document)), (ContentCoding.Brotli, Coded.Brotli(document)) })
        {
            Assert.Equal(fault, await FaultAsync(coding, body, new AnswerBody(maxBytes, 10_000)));
        }
    }

    [Fact]
    public async Task The_ratio_counts_beyond_what_is_small()
    {
        Assert.Null(await FaultAsync(ContentCoding.GZip, Coded.GZip(new byte[64 << 10]), new AnswerBody(4 << 20, 1)));
        Assert.Equal(PayloadFault.TooLarge, await FaultAsync(ContentCoding.GZip, Coded.GZip(new byte[(64 << 10) + 1]), new AnswerBody(4 << 20, 100)));
        Assert.Null(await FaultAsync(ContentCoding.GZip, Coded.GZip(new byte[200 << 10]), new AnswerBody(4 << 20, 1000)));
    }

    [Theory]
    [InlineData(4, new byte[] { 3, 0, 1, 2, 3 })]
    [InlineData(8, new byte[] { 65, 0 })]
    [InlineData(16, new byte[] { 0 })]
    [InlineData(12, new byte[] { 0, 0, 65, 0 })]
    [InlineData(24, new byte[] { 65, 0, 66, 0 })]
    public async Task The_optional_fields_of_gzip_are_passed_over(byte flags, byte[] fields)
    {
        var gzip = Coded.GZip(Document);
        Assert.Equal(Document, await ReadAsync(ContentCoding.GZip, [.. gzip[..3], flags, .. gzip[4..10], .. fields, .. gzip[10..]]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(128)]
    public async Task A_flag_of_gzip_that_is_not_read_is_refused(byte flags)
    {
        var gzip = Coded.GZip(Document);
        Assert.Equal(PayloadFault.UnsupportedEncoding, await FaultAsync(ContentCoding.GZip, [.. gzip[..3], flags, .. gzip[4..]], new AnswerBody(4 << 20, 100)));
    }

    [Fact]
    public async Task A_head_of_gzip_cut_at_any_byte_is_truncated()
    {
        var gzip = Coded.GZip(Document);
        byte[] head = [.. gzip[..3], 28, .. gzip[4..10], 3, 0, 1, 2, 3, 65, 66, 0, 67, 0];
        for (var length = 0; length < head.Length; length++)
        {
            Assert.Equal(PayloadFault.Truncated, await FaultAsync(ContentCoding.GZip, head[..length], new AnswerBody(4 << 20, 100)));
        }

        Assert.Equal(Document, await ReadAsync(ContentCoding.GZip, [.. head, .. gzip[10..]]));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, PayloadFault.TooLarge)]
    public async Task A_document_of_exactly_the_bound_passes(int more, PayloadFault? fault)
    {
        var document = new byte[20_000 + more];
        Assert.Equal(fault, await FaultAsync(ContentCoding.Identity, document, new AnswerBody(20_000, 100)));
        Assert.Equal(fault, await FaultAsync(ContentCoding.GZip, Coded.GZip(document), new AnswerBody(20_000, 100)));
    }

    private static async Task<byte[]> ReadAsync(ContentCoding coding, byte[] body)
    {
        using var answer = new AdmittedAnswer();
        await new AnswerBody(4 << 20, 100).ReadAsync(new MemoryStream(body), coding, answer, CancellationToken.None);
        return answer.Document.ToArray();
    }

    private static async Task<PayloadFault?> FaultAsync(ContentCoding coding, byte[] body, AnswerBody limits)
    {
        using var answer = new AdmittedAnswer();
        try
        {
            await limits.ReadAsync(new MemoryStream(body), coding, answer, CancellationToken.None);
            return null;
        }
        catch (PayloadException fault)
        {
            return fault.Fault;
        }
    }
}
