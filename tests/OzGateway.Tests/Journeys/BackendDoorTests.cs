using System.Net;
using System.Text;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>Knocks at every endpoint of the backend door with what does not open it.</summary>
public sealed class BackendDoorTests
{
    private const string AnyId = "oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly (string Method, string Path, string[] Keys)[] Endpoints =
    [
        ("GET", "transactions", ["bank", "master", "desk", "detail"]),
        ("POST", "transactions", ["desk", "issuing"]),
        ("GET", $"transactions/{AnyId}", ["bank", "master", "desk", "detail"]),
        ("DELETE", $"transactions/{AnyId}", ["desk", "issuing"]),
        ("POST", $"transactions/{AnyId}/receipt", ["bank", "master", "desk", "detail"]),
        ("GET", "openapi.json", ["bank", "master", "desk", "detail", "issuing"]),
    ];

    private static readonly Dictionary<string, string> Keys = new()
    {
        ["bank"] = The.BackendKey,
        ["master"] = The.MasterBackendKey,
        ["desk"] = The.DeskBackendKey,
        ["detail"] = The.DetailBackendKey,
        ["issuing"] = The.IssuingBackendKey,
    };

    public static TheoryData<string> WrongCredentials =>
    [
        "", "Bearer", "Bearer ", $"Bearer {The.BackendKey}x", $"Bearer {The.BackendKey[..^1]}", $"Bearer  {The.BackendKey}", The.BackendKey,
        $"Token {The.BackendKey}", $"Bearer bank:{The.BackendKey}", $"Bearer {The.BackendKey.ToUpperInvariant()}", $"Bearer {The.BackendKey},{The.MasterBackendKey}",
        "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"bank:{The.BackendKey}")),
    ];

    [Theory]
    [MemberData(nameof(WrongCredentials))]
    public async Task A_wrong_credential_opens_nothing(string authorization)
    {
        await using var run = await GatewayRun.StartAsync();

        foreach (var (method, path, _) in Endpoints)
        {
            var answer = await KnockAsync(run.Backend, method, path, headers => headers.TryAddWithoutValidation("Authorization", authorization));
            Assert.Equal((HttpStatusCode.Unauthorized, "backend_key_invalid"), (answer.Status, answer.Code));
            Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
        }

        Assert.Empty(run.Simulator.Received.All);
    }

    [Fact]
    public async Task A_browsers_credentials_open_nothing()
    {
        await using var run = await GatewayRun.StartAsync();
        var token = Tokens.For(The.User, run.Time.GetUtcNow());

        foreach (var (method, path, _) in Endpoints)
        {
            var byCookie = await KnockAsync(run.Backend, method, path, headers => headers.Add("Cookie", $"session={token}"));
            var byToken = await KnockAsync(run.Backend, method, path, headers => headers.Add("Authorization", $"Bearer {token}"));
            var twice = await KnockAsync(run.Backend, method, path, headers => headers.TryAddWithoutValidation("Authorization", $"Bearer {The.BackendKey}, Bearer {The.DeskBackendKey}"));
            var inQuery = await KnockAsync(run.Backend, method, $"{path}?key={The.BackendKey}&access_token={The.BackendKey}", static _ => { });
            Assert.All([byCookie, byToken, twice, inQuery], answer => Assert.True(answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest));
        }
    }

    [Fact]
    public async Task A_key_opens_what_it_has_the_right_to_and_no_more()
    {
        await using var run = await GatewayRun.StartAsync();

        foreach (var (method, path, allowed) in Endpoints)
        {
            foreach (var (name, key) in Keys)
            {
                var answer = await KnockAsync(run.Backend, method, path, headers => headers.Add("Authorization", $"Bearer {key}"));
                Assert.True(allowed.Contains(name) == (answer.Status is not HttpStatusCode.Forbidden), $"{name} {method} {path}: {answer.Status}");
            }
        }
    }

    [Fact]
    public async Task Only_any_user_may_leave_the_user_out_and_nobody_where_a_user_is_the_question()
    {
        await using var run = await GatewayRun.StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);
        using var master = run.BackendClient(The.MasterBackendKey);

        foreach (var answer in new[]
        {
            await desk.ListAsync(user: null), await desk.IssueAsync(user: null), await desk.AskAsync(AnyId, user: null), await desk.RevokeAsync(AnyId, user: null),
            await desk.TakeReceiptAsync(AnyId, user: null), await master.ListAsync(user: null), await desk.ListAsync(user: new string('u', 1025)),
        })
        {
            Assert.Equal((HttpStatusCode.BadRequest, "user_required"), (answer.Status, answer.Code));
        }

        Assert.Equal("transaction_not_found", (await master.TakeReceiptAsync(AnyId, user: null)).Code);
    }

    [Fact]
    public async Task Another_users_transaction_is_not_there_for_anything()
    {
        await using var run = await GatewayRun.StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);
        var id = (await desk.IssueAsync()).Member("transaction_id")!;

        Assert.Equal("unknown_transaction", (await desk.AskAsync(id, The.OtherUser, "?wait=20s&consume=true")).Member("reason"));
        Assert.Equal((HttpStatusCode.NotFound, "transaction_not_found"), await StatusAsync(desk.RevokeAsync(id, The.OtherUser)));
        Assert.Equal((HttpStatusCode.NotFound, "transaction_not_found"), await StatusAsync(desk.TakeReceiptAsync(id, The.OtherUser)));
        Assert.DoesNotContain(id, (await desk.ListAsync(The.OtherUser)).Text, StringComparison.Ordinal);
        Assert.Equal("not_submitted", (await desk.AskAsync(id)).Member("reason"));
        Assert.Empty(run.Simulator.Received.OzApiCalls);
    }

    [Fact]
    public async Task Changed_keys_are_taken_up_and_a_revoked_one_opens_nothing_any_more()
    {
        await using var run = await GatewayRun.StartAsync();
        using var bank = run.BackendClient();
        using var fresh = run.BackendClient("a-fresh-backend-key-0123456789abcdef");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), ((await bank.ListAsync()).Status, (await fresh.ListAsync()).Status));

        await File.WriteAllTextAsync(run.FileOf("backend_keys"), "new:a-fresh-backend-key-0123456789abcdef\n" + GatewayFile.BackendKeys);
        run.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await bank.ListAsync()).Status, (await fresh.ListAsync()).Status)); // several at once

        await File.WriteAllTextAsync(run.FileOf("backend_keys"), "new:a-fresh-backend-key-0123456789abcdef\n");
        run.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), ((await bank.ListAsync()).Status, (await fresh.ListAsync()).Status));

        await File.WriteAllTextAsync(run.FileOf("backend_keys"), "new:short\n");
        run.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await fresh.ListAsync()).Status); // what cannot be used leaves the last good keys
        Assert.Equal(["BackendKeysRenewed", "BackendKeysRenewed", "BackendKeysRejected"], run.Logs.Lines.Select(line => line.Event).Where(name => name?.StartsWith("BackendKeys", StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task The_keys_of_receipts_are_public_and_nothing_else_is()
    {
        await using var run = await GatewayRun.StartAsync();

        var answer = await KnockAsync(run.Backend, "GET", ".well-known/jwks.json", static _ => { });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("public, max-age=300", answer.Headers["Cache-Control"]);
        Assert.DoesNotContain("\"d\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_other_origin_is_granted_anything()
    {
        await using var run = await GatewayRun.StartAsync();

        foreach (var (method, path, _) in Endpoints)
        {
            var answer = await KnockAsync(run.Backend, method, path, headers =>
            {
                headers.Add("Authorization", $"Bearer {The.BackendKey}");
                headers.Add("Origin", "https://evil.example");
            });
            Assert.DoesNotContain(answer.Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
    }

    private static async Task<(HttpStatusCode Status, string Code)> StatusAsync(Task<Answer> asking)
    {
        var answer = await asking;
        return (answer.Status, answer.Code);
    }

    private static async Task<Answer> KnockAsync(Uri door, string method, string path, Action<System.Net.Http.Headers.HttpRequestHeaders> add)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(door, path));
        request.Headers.Add("OzGateway-User", The.User);
        add(request.Headers);
        using var response = await http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}
