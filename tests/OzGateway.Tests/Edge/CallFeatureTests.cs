using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OzGateway.Edge;

namespace OzGateway.Tests.Edge;

/// <summary>What a call is, from its role and its head alone.</summary>
public sealed class CallFeatureTests
{
    private const int KiB = 1024;

    public static TheoryData<string> Kinds => [.. Enum.GetNames<CallKind>()];

    [Theory]
    [InlineData("Static", "GET", null, null, "Static")]
    [InlineData("Static", "POST", "multipart/form-data", 5_000_000L, "Static")]
    [InlineData("Telemetry", "POST", "application/json", 100L, "Telemetry")]
    [InlineData("Telemetry", "POST", "multipart/form-data", 5_000_000L, "Telemetry")]
    [InlineData("Session", "POST", "application/json", 100L, "Session")]
    [InlineData("Session", "GET", null, null, "Session")]
    [InlineData("Result", "GET", null, null, "Poll")]
    [InlineData("Result", "POST", "multipart/form-data", 5_000_000L, "Poll")]
    [InlineData("Submission", "POST", "application/json", 1L, "Submission")]
    [InlineData("Submission", "POST", null, 0L, "Submission")]
    [InlineData("Submission", "GET", null, null, "Submission")]
    [InlineData("Exchange", "GET", null, null, "Poll")]
    [InlineData("Exchange", "POST", null, 0L, "Poll")]
    [InlineData("Exchange", "POST", "application/json", 100L, "Poll")]
    [InlineData("Exchange", "POST", "application/x-www-form-urlencoded", 100L, "Poll")]
    [InlineData("Exchange", "POST", "text/plain", 64L * KiB, "Poll")]
    [InlineData("Exchange", "POST", "application/json", 64L * KiB + 1, "Submission")]
    [InlineData("Exchange", "POST", null, 64L * KiB + 1, "Submission")]
    [InlineData("Exchange", "POST", "multipart/form-data; boundary=b", 100L, "Submission")]
    [InlineData("Exchange", "POST", "MultiPart/Form-Data;boundary=b", 100L, "Submission")]
    [InlineData("Exchange", "POST", "multipart/mixed", 1L, "Submission")]
    [InlineData("Exchange", "POST", "multipart/form-data", 0L, "Poll")]
    [InlineData("Exchange", "POST", "application/octet-stream", 1L, "Submission")]
    [InlineData("Exchange", "POST", " application/octet-stream ; x=y", 1L, "Submission")]
    [InlineData("Exchange", "POST", "application/x-container", 1L, "Submission")]
    [InlineData("Exchange", "POST", "application/x-containers", 1L, "Poll")]
    public void The_head_says_what_a_call_is(string role, string method, string? type, long? length, string kind)
    {
        var call = CallFeature.Of(Policy(role), Context(method, type, length, chunked: false));

        Assert.Equal(Enum.Parse<CallKind>(kind), call.Kind);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public void A_body_of_unknown_length_is_a_submission_whatever_its_type(string? type) =>
        Assert.Equal(CallKind.Submission, CallFeature.Of(Policy("Exchange"), Context("POST", type, length: null, chunked: true)).Kind);

    [Fact]
    public void Two_types_are_a_submission()
    {
        var context = Context("POST", null, 10, chunked: false);
        context.Request.Headers.ContentType = new(["application/json", "text/plain"]);

        Assert.Equal(CallKind.Submission, CallFeature.Of(Policy("Exchange"), context).Kind);
    }

    [Theory]
    [InlineData("Static", 0)]
    [InlineData("Telemetry", 64 * KiB)]
    [InlineData("Session", 1024 * KiB)]
    [InlineData("Result", 32 * KiB)]
    [InlineData("Submission", 64 * 1024 * KiB)]
    public void Each_role_has_its_largest_body(string role, long bytes)
    {
        var policy = Policy(role) with { MaxPollBytes = 32 * KiB };

        Assert.Equal(bytes, CallFeature.Of(policy, Context("POST", null, 10, chunked: false)).MaxBodyBytes);
    }

    [Fact]
    public void On_an_exchange_route_the_kind_gives_the_largest_body()
    {
        Assert.Equal(64 * KiB, CallFeature.Of(Policy("Exchange"), Context("POST", "application/json", 10, chunked: false)).MaxBodyBytes);
        Assert.Equal(64 * 1024 * KiB, CallFeature.Of(Policy("Exchange"), Context("POST", "multipart/form-data", 10, chunked: false)).MaxBodyBytes);
    }

    [Fact]
    public void A_blocked_route_has_no_call() =>
        Assert.Throws<InvalidOperationException>(() => CallFeature.Of(Policy("Blocked"), Context("GET", null, null, chunked: false)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_comes_from_some_role(string kind)
    {
        var kinds = Enum.GetValues<RouteRole>().Where(role => role is not RouteRole.Blocked)
            .Select(role => CallFeature.Of(Policy(role.ToString()), Context("POST", "text/plain", 10, chunked: false)).Kind);

        Assert.Contains(Enum.Parse<CallKind>(kind), kinds);
    }

    [Theory]
    [InlineData("Result", false, true, true)]
    [InlineData("Static", false, false, false)]
    [InlineData("Telemetry", false, false, false)]
    [InlineData("Session", false, false, true)]
    [InlineData("Submission", true, true, true)]
    [InlineData("Exchange", true, true, true)]
    [InlineData("Blocked", false, false, false)]
    public void A_role_gives_its_policies(string name, bool submitted, bool projected, bool users)
    {
        var role = Enum.Parse<RouteRole>(name);

        Assert.Equal((submitted, projected, users), (role.IsSubmitted(), role.IsProjected(), role.IsUsers()));
    }

    private static CallPolicy Policy(string role) => new()
    {
        Role = Enum.Parse<RouteRole>(role),
        SubmissionTypes = new HashSet<string> { "application/x-container" },
        MaxSubmissionBytes = 64 << 20,
        MaxPollBytes = 64 * KiB,
        MaxTelemetryBytes = 64 * KiB,
        MaxBodyBytes = 1 << 20,
    };

    private static DefaultHttpContext Context(string method, string? type, long? length, bool chunked)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.ContentType = type;
        context.Request.ContentLength = length;
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new Body(chunked || length > 0));
        return context;
    }

    private sealed record Body(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
