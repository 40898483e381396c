using OzGateway.Attempts;
using OzGateway.Capacity;
using OzGateway.Configuration;
using OzGateway.Edge;
using OzGateway.Forwarding;
using OzGateway.Identity;
using OzGateway.Projection;
using OzGateway.Transactions;

namespace OzGateway.Tests.Configuration;

public sealed class SnapshotReaderTests
{
    public static TheoryData<string> Sources =>
    [
        "jwt_claim: { issuer: \"https://login.example\", audience: liveness, jwks: \"https://login.example/jwks\" }",
        "client_address: {}",
    ];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Three_lines_make_a_fully_protected_gateway(string source)
    {
        GatewaySnapshot snapshot = Some.Snapshot(Some.ThreeLines(source));

        Assert.Equal(["script", "assets", "session", "telemetry", "check", "debug"], snapshot.Routes.Select(route => route.Id));
        RoutePolicy check = snapshot.Routes.Single(route => route.Call.Role == RouteRole.Exchange);
        Assert.NotNull(check.UserKey);
        Assert.Equal([new AttemptWindow(5, TimeSpan.FromMinutes(15)), new AttemptWindow(15, TimeSpan.FromHours(24))], check.Attempts!.Windows);
        Assert.Equal("default", check.Attempts.Budget);
        Assert.Equal(6, check.Transaction!.Metadata.Count);
        Assert.Single(check.Further.OfType<ProjectionPolicy>());
        Assert.Equal(new CapacityPolicy("polls", 240, TimeSpan.FromMinutes(1)), check.Further.OfType<CapacityPolicy>().Single());
        Assert.Equal(new TicketPolicy(TicketCarrier.Cookie, "__Host-ozgateway-ticket", DangerousPlainHttpCookie: false), snapshot.UserKey.Ticket);
        Assert.True(snapshot.UserKey.Keys.IsEphemeral);
    }

    [Fact]
    public void A_role_gives_its_policies_and_no_others()
    {
        GatewaySnapshot snapshot = Some.Snapshot(Some.ThreeLines("client_address: {}"));

        foreach (RoutePolicy route in snapshot.Routes.Where(route => route.Call.Role is RouteRole.Static or RouteRole.Telemetry or RouteRole.Session or RouteRole.Blocked))
        {
            Assert.Equal(route.Call.Role == RouteRole.Session, route.UserKey is not null);
            Assert.Null(route.Attempts);
            Assert.Null(route.Transaction);
            Assert.Equal(route.Call.Role switch { RouteRole.Session => [typeof(SessionAnswerPolicy)], RouteRole.Telemetry => [typeof(CapacityPolicy)], RouteRole.Static => [typeof(PluginFilePolicy)], _ => Array.Empty<Type>() }, route.Further.Select(policy => policy.GetType()));
            Assert.Equal(route.Call.Role == RouteRole.Blocked, route.Upstream is null);
        }
    }

    [Fact]
    public void A_route_without_a_role_is_a_result()
    {
        RoutePolicy route = Some.Route("{ id: poll, match: { paths: [\"/poll\"] }, upstream: web_adapter }");

        Assert.Equal(RouteRole.Result, route.Call.Role);
        Assert.NotNull(route.UserKey);
        Assert.Null(route.Attempts);
        Assert.Null(route.Transaction);
        Assert.Single(route.Further.OfType<ProjectionPolicy>());
        Assert.Equal(["GET", "POST"], route.Methods);
    }

    [Fact]
    public void A_route_inherits_what_it_does_not_write_and_then_has_a_budget_of_its_own()
    {
        RoutePolicy route = Some.Route(
            "{ id: video, role: submission, match: { paths: [\"/video\"] }, upstream: web_adapter, attempts: { count: failed }, transaction: { uploads: 2, metadata: [{ part: meta }] }, projection: { max_depth: 8 } }",
            "attempts: { windows: [{ permit_limit: 3, window: 1h }] }\ntransaction: { submit_within: 5m }\nprojection: { max_document: 1MiB, max_depth: 16 }");

        Assert.Equal("video", route.Attempts!.Budget);
        Assert.Equal(AttemptCount.Failed, route.Attempts.Count);
        Assert.Equal([new AttemptWindow(3, TimeSpan.FromHours(1))], route.Attempts.Windows);
        Assert.Equal(2, route.Transaction!.Uploads);
        Assert.Equal(TimeSpan.FromMinutes(5), route.Transaction.SubmitWithin);
        ProjectionPolicy projection = route.Further.OfType<ProjectionPolicy>().Single();
        Assert.Equal(1 << 20, projection.Limits.MaxDocumentBytes);
        Assert.Equal(8, projection.Limits.MaxDepth);
    }

    [Fact]
    public void Who_issues_explicitly_refuses_foreign_ids_unless_it_says_otherwise()
    {
        const string explicitly = "{ id: check, role: exchange, match: { paths: [\"/request.php\"] }, upstream: web_adapter, transaction: { issue: explicit, metadata: [{ part: meta }] } }";

        Assert.Equal(ForeignIdAction.Refuse, Some.Route(explicitly).Transaction!.OnForeignId);
        Assert.Equal(ForeignIdAction.Replace, Some.Route(explicitly, "transaction: { on_foreign_id: replace }").Transaction!.OnForeignId);
    }

    [Fact]
    public void The_word_none_takes_a_policy_away_and_is_told()
    {
        SnapshotResult result = Some.Read(Some.ThreeLines("client_address: {}")
            + "\nroutes: [{ id: check, role: exchange, match: { paths: [\"/request.php\"] }, upstream: web_adapter, attempts: none, transaction: none, user_key: none, capacity: none }]");

        RoutePolicy route = result.Snapshot!.Routes.Single();
        Assert.Equal(route.Call.Role == RouteRole.Session, route.UserKey is not null);
        Assert.Null(route.Attempts);
        Assert.Null(route.Transaction);
        Assert.Equal([typeof(ProjectionPolicy)], route.Further.Select(policy => policy.GetType()));
        Assert.Equal(4, result.Warnings.Count(warning => warning.Contains("OZG1301", StringComparison.Ordinal)));
        Assert.Equal(result.Warnings, result.Snapshot.Warnings);
    }

    [Fact]
    public void Three_lines_are_warned_about_what_they_leave_out()
    {
        IReadOnlyList<string> warnings = Some.Read(Some.ThreeLines("client_address: {}")).Warnings;

        Assert.Equal(["OZG1303", "OZG1304", "OZG1305", "OZG1305"], warnings.Select(warning => warning.Split(' ')[2].TrimEnd(':')).Order());
    }

    [Theory]
    [InlineData("PUBLIC_PEM", "ES256")]
    [InlineData("RSA_PEM", "RS256 PS256")]
    [InlineData("OZGATEWAY_JWT_KEY", "HS256")]
    public void The_kind_of_a_key_gives_the_default_algorithms(string variable, string algorithms)
    {
        GatewaySnapshot snapshot = Some.Snapshot(Some.ThreeLines($"jwt_claim: {{ issuer: \"https://login.example\", audience: liveness, key: {{ from_env: {variable} }} }}"));

        Assert.Equal(algorithms.Split(' '), Assert.IsType<JwtClaimSource>(snapshot.UserKey.Sources.Single()).Algorithms);
    }

    [Fact]
    public void A_secret_file_is_found_beside_the_configuration_and_named_for_watching()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ozgateway");
        try
        {
            string secret = Path.Combine(folder.FullName, "user_key");
            string file = Path.Combine(folder.FullName, "gateway.yaml");
            File.WriteAllText(secret, new string('k', 40) + "\n");
            File.WriteAllText(file, Some.ThreeLines("client_address: {}").Replace("user_key: {", "user_key: { hmac_key: { from_file: user_key },", StringComparison.Ordinal));

            SnapshotResult result = Some.Reader().Read(file, SecretMode.Run, revision: 3);

            Assert.Empty(result.Errors);
            Assert.False(result.Snapshot!.UserKey.Keys.IsEphemeral);
            Assert.Equal(3, result.Snapshot.Revision);
            Assert.Equal([secret], result.SecretFiles);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_file_that_does_not_exist_is_an_error_like_any_other()
    {
        SnapshotResult result = Some.Reader().Read("/nowhere/gateway.yaml", SecretMode.Run, revision: 1);

        Assert.Equal(["gateway.yaml:1:1: error OZG1001: The file cannot be read: it does not exist."], result.Errors);
    }
}
