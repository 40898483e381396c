using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OzGateway.Identity;
using OzGateway.OzApi;

namespace OzGateway.Tests.OzApi;

/// <summary>Which lists are read, to which end, and which are no answer.</summary>
public sealed class FolderListReadingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"items\"")]
    [InlineData("""{"items":null}""")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{"items":[null]}""")]
    [InlineData("[null]")]
    [InlineData("""{"items":[{"analyses":[null]}]}""")]
    [InlineData("""{"items":[{"meta_data":"text"}]}""")]
    [InlineData("""{"items":[{"time_created":"yesterday"}]}""")]
    [InlineData("""{"items":[]} trailing""")]
    [InlineData("""{"items":[],"items":[]}""")]
    [InlineData("""{"items":[{"system_resolution":"DECLINED","system_resolution":"SUCCESS"}]}""")]
    [InlineData("""{"items":[{"meta_data":{"transaction_id":"a","transaction_id":"b"}}]}""")]
    public async Task What_is_no_list_of_folders_is_unreadable(string body)
    {
        var failure = await Assert.ThrowsAsync<OzApiException>(() => FindAsync(new Pages(_ => body)));

        Assert.Equal("unreadable", failure.Reason);
    }

    [Fact]
    public async Task A_list_nested_beyond_reason_is_unreadable()
    {
        var failure = await Assert.ThrowsAsync<OzApiException>(() =>
            FindAsync(new Pages(_ => "{\"items\":[{\"meta_data\":{\"a\":" + new string('[', 200) + new string(']', 200) + "}}]}")));

        Assert.Equal("unreadable", failure.Reason);
    }

    [Fact]
    public async Task A_list_that_is_not_UTF8_is_unreadable()
    {
        var failure = await Assert.ThrowsAsync<OzApiException>(() => FindAsync(new Pages(_ => Encoding.Latin1.GetBytes("{\"items\":[],\"x\":\"\u00e9\"}"))));

        Assert.Equal("unreadable", failure.Reason);
    }

    [Fact]
    public async Task A_list_without_end_is_too_large_and_read_no_further_than_the_limit()
    {
        var endless = new EndlessStream();

        var failure = await Assert.ThrowsAsync<OzApiException>(() => FindAsync(new Pages(endless)));

        Assert.Equal("too_large", failure.Reason);
        Assert.InRange(endless.Taken, OzWire.MaxAnswerBytes, OzWire.MaxAnswerBytes + (64 << 10));
    }

    [Fact]
    public async Task A_list_that_says_it_is_too_large_is_not_read()
    {
        var endless = new EndlessStream();
        var pages = new Pages(endless) { Length = OzWire.MaxAnswerBytes + 1L };

        Assert.Equal("too_large", (await Assert.ThrowsAsync<OzApiException>(() => FindAsync(pages))).Reason);
        Assert.Equal(0, endless.Taken);
    }

    [Theory]
    [InlineData("""{"items":[]}""")]
    [InlineData(" \r\n[]")]
    [InlineData("""{"items":[],"total":0,"limit":100,"offset":0}""")]
    [InlineData("""{"items":[],"total":7}""")]
    public async Task An_empty_page_is_the_last(string body)
    {
        var pages = new Pages(_ => body);

        Assert.Empty(await FindAsync(pages));
        Assert.Equal(1, pages.Asked);
    }

    [Theory]
    [InlineData("""{"items":[{}]}""")]
    [InlineData("""{"items":[{}],"limit":100}""")]
    [InlineData("""{"items":[{}],"total":1,"limit":1}""")]
    [InlineData("[{}]")]
    public async Task A_page_that_says_it_is_the_last_is_the_last(string body)
    {
        var pages = new Pages(_ => body);

        Assert.Single(await FindAsync(pages));
        Assert.Equal(1, pages.Asked);
    }

    [Theory]
    [InlineData("""{"items":[{}],"total":2}""")]
    [InlineData("""{"items":[{}],"limit":1}""")]
    public async Task A_page_that_promises_more_is_followed(string body)
    {
        var pages = new Pages(offset => offset == 0 ? body : """{"items":[{}],"total":2}""");

        Assert.Equal(2, (await FindAsync(pages)).Count);
        Assert.Equal(2, pages.Asked);
    }

    private static Task<IReadOnlyList<OzFolder>> FindAsync(Pages pages)
    {
        var policy = new OzApiPolicy
        {
            Address = new Uri("http://oz.example"),
            Token = new Secret("token"u8),
            TimeUnit = OzTimeUnit.Seconds,
            ClockSkew = TimeSpan.Zero,
            Timeout = TimeSpan.FromSeconds(1),
            TransactionKey = "transaction_id",
        };
        var wire = new OzWire(policy, new HttpClient(pages));
        var token = new OzToken(policy, wire, TimeProvider.System, NullLogger<OzToken>.Instance);
        var client = new OzApiClient(policy, new OzTransport(token, wire, new OzPipelines(policy, TimeProvider.System), NullLogger<OzTransport>.Instance));
        return client.FindFoldersAsync(OzAccount.Id, DateTimeOffset.UnixEpoch, CancellationToken.None);
    }

    private sealed class Pages(Func<int, HttpContent> bodyAt) : HttpMessageHandler
    {
        public Pages(Func<int, string> bodyAt)
            : this(offset => new StringContent(bodyAt(offset), Encoding.UTF8, "application/json"))
        {
        }

        public Pages(Func<int, byte[]> bodyAt)
            : this(offset => new ByteArrayContent(bodyAt(offset)))
        {
        }

        public Pages(Stream body)
            : this(_ => new StreamContent(body))
        {
        }

        public int Asked { get; private set; }

        /// <summary>What the answer says of its length.</summary>
        public long? Length { get; init; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            var query = request.RequestUri!.Query;
            var offset = int.Parse(query[(query.LastIndexOf('=') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
            var content = bodyAt(offset);
            content.Headers.ContentLength = Length ?? content.Headers.ContentLength;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        }
    }
}
