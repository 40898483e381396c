using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OzGateway.Problems;

namespace OzGateway.Tests.Problems;

/// <summary>Every no is written in one way.</summary>
public sealed class ProblemWriterTests
{
    public static TheoryData<string> Problems => [.. Enum.GetNames<GatewayProblem>()];

    [Theory]
    [MemberData(nameof(Problems))]
    public async Task A_problem_is_a_whole_document_that_nobody_stores(string name)
    {
        var problem = Enum.Parse<GatewayProblem>(name);
        var (context, body) = await WriteAsync(problem);

        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        Assert.Equal(["type", "status", "code", "hop", "message"], root.EnumerateObject().Select(member => member.Name));
        Assert.Equal(context.Response.StatusCode, root.GetProperty("status").GetInt32());
        Assert.Matches("^[a-z]+(_[a-z]+)*$", root.GetProperty("code").GetString());
        Assert.Matches("^[A-Z][^{}<>]+\\.$", root.GetProperty("message").GetString());
        Assert.Equal("application/problem+json", context.Response.ContentType);
        Assert.Equal(body.Length, context.Response.ContentLength);
        Assert.Equal(("no-store", "nosniff"), (context.Response.Headers.CacheControl.ToString(), context.Response.Headers.XContentTypeOptions.ToString()));
        Assert.Equal(problem, context.Features.Get<ProblemFeature>()!.Problem);
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void Its_type_is_ours_or_the_registered_one_of_a_limit(string name)
    {
        var row = ProblemTable.Of(Enum.Parse<GatewayProblem>(name));
        var type = JsonDocument.Parse(row.Body).RootElement.GetProperty("type").GetString();

        Assert.Equal(row.Status == 429 ? "https://iana.org/assignments/http-problem-types#quota-exceeded" : $"urn:ozgateway:problem:{row.Code}", type);
    }

    [Fact]
    public void No_two_problems_share_a_code() =>
        Assert.Equal(Enum.GetValues<GatewayProblem>().Length, Enum.GetValues<GatewayProblem>().Select(problem => ProblemTable.Of(problem).Code).Distinct().Count());

    [Theory]
    [InlineData(0, "1")]
    [InlineData(1, "1")]
    [InlineData(1000, "1")]
    [InlineData(1001, "2")]
    [InlineData(850_000, "850")]
    [InlineData(-5, "1")]
    public async Task A_wait_is_said_in_whole_seconds_never_too_few(int milliseconds, string seconds)
    {
        var (context, _) = await WriteAsync(GatewayProblem.AttemptsExceeded, wait: TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(seconds, context.Response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Without_a_wait_none_is_said() =>
        Assert.False((await WriteAsync(GatewayProblem.LimiterUnavailable)).Context.Response.Headers.ContainsKey("Retry-After"));

    [Fact]
    public async Task A_HEAD_is_answered_without_a_body()
    {
        var (context, body) = await WriteAsync(GatewayProblem.NotFound, method: "HEAD");

        Assert.Empty(body);
        Assert.Equal(ProblemTable.Of(GatewayProblem.NotFound).Body.Length, context.Response.ContentLength);
    }

    [Fact]
    public async Task What_described_another_body_goes_and_the_rest_stays()
    {
        var (context, _) = await WriteAsync(GatewayProblem.NotFound, before: headers =>
        {
            headers.ContentEncoding = "gzip";
            headers.ETag = "\"upstream\"";
            headers["X-Request-Id"] = "id";
        });

        Assert.Equal(("", "", "id"), (context.Response.Headers.ContentEncoding.ToString(), context.Response.Headers.ETag.ToString(), context.Response.Headers["X-Request-Id"].ToString()));
    }

    private static async Task<(HttpContext Context, byte[] Body)> WriteAsync(
        GatewayProblem problem, string method = "POST", TimeSpan? wait = null, Action<IHeaderDictionary>? before = null)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Request = { Method = method }, Response = { Body = body } };
        before?.Invoke(context.Response.Headers);
        await context.WriteProblemAsync(problem, wait);
        return (context, body.ToArray());
    }
}
