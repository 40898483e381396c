using OzGateway.Edge;
using OzGateway.Forwarding;

namespace OzGateway.Tests.Forwarding;

public sealed class HeaderPolicyTests
{
    private static readonly string[] NeverToTheAdapter =
    [
        "Authorization", "Cookie", "Host", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Real-IP", "Via",
        "X-Forensic-Access-Token", "X-User", "traceparent", "baggage", "Expect", "Upgrade", "Connection", "TE", "Trailer", "Origin", "Referer", "X-Original-URL",
    ];

    private static readonly string[] NeverToTheBrowser =
    [
        "Set-Cookie", "Server", "X-Powered-By", "Location", "Link", "Refresh", "WWW-Authenticate", "Access-Control-Allow-Origin", "Strict-Transport-Security",
        "X-Folder-Id", "Connection", "Transfer-Encoding", "Trailer", "Upgrade", "Alt-Svc",
    ];

    public static TheoryData<string> Kinds => [.. Enum.GetNames<CallKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_names_a_person_or_a_way_never_passes_to_the_adapter(string kind) =>
        Assert.All(NeverToTheAdapter, name => Assert.False(HeaderPolicy.Request(Enum.Parse<CallKind>(kind)).Contains(name), name));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_tells_of_the_adapter_never_passes_to_the_browser(string kind) =>
        Assert.All(NeverToTheBrowser, name => Assert.False(HeaderPolicy.Response(Enum.Parse<CallKind>(kind)).Contains(name), name));

    [Fact]
    public void Conditions_ranges_and_codings_pass_for_files_only()
    {
        string[] names = ["Range", "If-Range", "If-None-Match", "If-Modified-Since", "Accept-Encoding"];

        Assert.Superset(names.ToHashSet(), HeaderPolicy.Request(CallKind.Static).ToHashSet());
        Assert.All(Enum.GetValues<CallKind>().Where(kind => kind is not CallKind.Static), kind => Assert.Empty(HeaderPolicy.Request(kind).Intersect(names)));
    }

    [Fact]
    public void Only_files_have_headers_of_the_adapter() =>
        Assert.All(Enum.GetValues<CallKind>().Where(kind => kind is not CallKind.Static), kind => Assert.Empty(HeaderPolicy.Response(kind)));

    [Fact]
    public void Case_makes_no_difference() => Assert.True(HeaderPolicy.Request(CallKind.Poll).IsSupersetOf(["ESID", "content-type"]));
}
