using OzGateway.Configuration;
using OzGateway.Edge;
using OzGateway.Projection;

namespace OzGateway.Tests.Configuration;

public sealed class SnapshotReaderTests
{
    private const string ThreeLines = """
        version: 1
        upstreams: { web_adapter: { destinations: ["http://web-adapter"] } }
        user_key: { sources: [{ jwt_claim: { issuer: "https://login.example", audience: liveness, jwks: "https://login.example/jwks" } }] }
        """;

    [Fact]
    public void Three_lines_make_a_fully_protected_gateway()
    {
        SnapshotResult result = Some.Reader().Read(ConfigurationText.Of(ThreeLines, "gateway.yaml"), SecretMode.Run, revision: 7);

        Assert.Empty(result.Errors);
        GatewaySnapshot snapshot = result.Snapshot!;
        Assert.Equal(7, snapshot.Revision);
        Assert.Equal(["script", "assets", "session", "telemetry", "check", "debug"], snapshot.Routes.Select(route => route.Id));
        var check = snapshot.Routes.Single(route => route.Call.Role == RouteRole.Exchange);
        Assert.NotNull(check.UserKey);
        Assert.Equal("default", check.Attempts!.Budget);
        Assert.Equal(6, check.Transaction!.Metadata.Count);
        Assert.Single(check.Further.OfType<ProjectionPolicy>());
    }

    [Fact]
    public void The_shipped_file_is_read()
    {
        SnapshotResult result = Some.Reader().Read(Some.RepositoryFile("config/gateway.yaml"), SecretMode.Run, revision: 1);

        Assert.Empty(result.Errors);
        Assert.NotNull(result.Snapshot!.OzApi);
        Assert.Equal(64, result.Snapshot.Hash.Length);
    }
}
