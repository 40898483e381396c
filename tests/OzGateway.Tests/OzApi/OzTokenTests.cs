using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Simulator;

namespace OzGateway.Tests.OzApi;

/// <summary>The token of the account: renewed in time, once, however many ask.</summary>
public sealed class OzTokenTests
{
    [Fact]
    public async Task A_token_is_renewed_before_it_ends()
    {
        await using var account = await OzAccount.LogInAsync();
        await account.FindAsync();

        account.Time.Advance(TimeSpan.FromMinutes(11)); // of a life of 15 minutes
        await account.FindAsync();
        Assert.Empty(account.Refreshes);

        account.Time.Advance(TimeSpan.FromMinutes(2));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => account.FindAsync())));

        Assert.Equal((1, 1), (account.Logins.Count, account.Refreshes.Count));
        Assert.NotEqual(Sent(account.Reads[0]), Sent(account.Reads[^1]));
    }

    [Fact]
    public async Task A_refresh_that_is_refused_becomes_a_login()
    {
        var oz = new ForgetfulOz();
        var policy = new OzApiPolicy
        {
            Address = new Uri("http://oz.example"),
            Email = "gateway@example.test",
            Password = new Secret("password"u8),
            TimeUnit = OzTimeUnit.Seconds,
            ClockSkew = TimeSpan.Zero,
            Timeout = TimeSpan.FromSeconds(5),
            TransactionKey = "transaction_id",
        };
        var wire = new OzWire(policy, new HttpClient(oz));
        var token = new OzToken(policy, wire, TimeProvider.System, NullLogger<OzToken>.Instance);
        var client = new OzApiClient(policy, new OzTransport(token, wire, new OzPipelines(policy, TimeProvider.System), NullLogger<OzTransport>.Instance));

        await client.FindFoldersAsync(OzAccount.Id, DateTimeOffset.UnixEpoch, CancellationToken.None);
        oz.Good = null;
        await client.FindFoldersAsync(OzAccount.Id, DateTimeOffset.UnixEpoch, CancellationToken.None);

        Assert.Equal(["auth", "folders token-1", "folders token-1", "refresh token-1", "auth", "folders token-2"], oz.Calls);
    }

    [Fact]
    public async Task A_renewal_before_its_time_that_fails_leaves_the_token_and_is_not_hurried()
    {
        await using var account = await OzAccount.LogInAsync();
        await account.FindAsync();
        account.Simulator.Scenario = Scenario.Success with { OzApiBreakage = OzApiBreakage.LoginRefused };

        account.Time.Advance(TimeSpan.FromMinutes(13));
        await account.FindAsync();
        await account.FindAsync();

        Assert.Equal((2, 1), (account.Logins.Count, account.Refreshes.Count)); // one renewal was tried: refresh, then login
        Assert.Equal(Sent(account.Reads[0]), Sent(account.Reads[^1]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task An_Oz_whose_clock_is_an_hour_off_is_not_asked_for_a_token_with_each_call(int hours)
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { Time = new Shifted(TimeSpan.FromHours(hours)) });
        await using var account = await OzAccount.OpenAsync(change: policy => policy with
        {
            Address = simulator.Address,
            Token = null,
            Email = "gateway@example.test",
            Password = new Secret("simulated-password"u8),
            ClockSkew = TimeSpan.FromHours(1),
        });

        await account.FindAsync();
        await account.FindAsync();

        Assert.Equal(1, simulator.Received.OzApiCalls.Count(call => call.Path.StartsWith("/api/authorize/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Many_callers_share_one_refused_login()
    {
        await using var account = await OzAccount.LogInAsync(OzApiBreakage.LoginRefused);
        account.Simulator.Scenario = account.Simulator.Scenario with { OzApiDelay = TimeSpan.FromMilliseconds(200) };

        var failures = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Record.ExceptionAsync(() => account.FindAsync())));

        Assert.All(failures, failure => Assert.Equal("login", Assert.IsType<OzApiException>(failure).Reason));
        Assert.Single(account.Logins);
    }

    [Fact]
    public async Task A_fixed_token_that_is_refused_is_read_anew_from_its_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "the-token-of-yesterday\n");
        await using var account = await OzAccount.OpenAsync(change: policy => policy with { Token = new Secret("the-token-of-yesterday"u8) { File = file } });
        Assert.Equal("login", (await Assert.ThrowsAsync<OzApiException>(() => account.FindAsync())).Reason);

        await File.WriteAllTextAsync(file, account.Simulator.Options.OzApiToken + "\n");

        Assert.Empty(await account.FindAsync());
        File.Delete(file);
    }

    [Fact]
    public async Task A_folder_is_found_by_its_id_with_its_analyses()
    {
        await using var account = await OzAccount.OpenAsync();
        var planted = account.Simulator.AddFolder(SimulatedFolder.Of(OzAccount.Id));

        var folder = await account.Client.FindFolderAsync(planted.FolderId, CancellationToken.None);

        Assert.Equal(("FINISHED", "QUALITY"), (folder!.ResolutionStatus, folder.Analyses!.Single().Type));
        Assert.Null(await account.Client.FindFolderAsync("../authorize/session_token", CancellationToken.None));
        Assert.Equal("QUALITY", Assert.Single(await account.Client.FindAnalysesAsync(planted.FolderId, CancellationToken.None)).Type);
        Assert.Empty(await account.Client.FindAnalysesAsync("nowhere", CancellationToken.None));
    }

    private static string Sent(ReceivedRequest request) => request.Header("X-Forensic-Access-Token")!;

    /// <summary>An Oz that knows no session to refresh.</summary>
    private sealed class ForgetfulOz : HttpMessageHandler
    {
        private int _logins;

        public string? Good { get; set; }

        public List<string> Calls { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var token = request.Headers.TryGetValues("X-Forensic-Access-Token", out var values) ? $" {values.Single()}" : "";
            var (status, body) = request.RequestUri!.AbsolutePath switch
            {
                "/api/authorize/auth/" => (HttpStatusCode.OK, $$"""{"access_token":"{{Good = $"token-{++_logins}"}}","expire_token":"expire"}"""),
                "/api/authorize/refresh/" => (HttpStatusCode.Unauthorized, """{"error_code":7,"error_message":"Session not found"}"""),
                _ when token == $" {Good}" => (HttpStatusCode.OK, "[]"),
                _ => (HttpStatusCode.Unauthorized, """{"error_code":8}"""),
            };
            Calls.Add(request.RequestUri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)[^1] + token);
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
        }
    }

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
