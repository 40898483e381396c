using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Simulator;

namespace OzGateway.Tests.OzApi;

/// <summary>The account at Oz, against the simulated Oz API over real sockets.</summary>
public sealed class OzApiClientTests
{
    private const string Id = "oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    public static TheoryData<OzApiBreakage> Breakages => [.. Enum.GetValues<OzApiBreakage>().Where(breakage => breakage is not OzApiBreakage.Slow)];

    [Fact]
    public async Task Folders_are_found_by_the_id_and_from_the_time_on()
    {
        await using var oz = await SimulatorApplication.StartAsync();
        oz.AddFolder(SimulatedFolder.Of(Id, Verdict.Success));
        oz.AddFolder(SimulatedFolder.Of("oz1_other", Verdict.Success));
        await using var services = Client(oz, login: false);

        var found = await services.GetRequiredService<OzApiClient>().FindFoldersAsync(Id, TimeProvider.System.GetUtcNow().AddMinutes(-1), CancellationToken.None);
        var later = await services.GetRequiredService<OzApiClient>().FindFoldersAsync(Id, TimeProvider.System.GetUtcNow().AddHours(1), CancellationToken.None);

        Assert.Single(found);
        Assert.Empty(later);
        Assert.Contains("meta_data=transaction_id%3D%3D" + Id, oz.Received.OzApiCalls[0].Query, StringComparison.Ordinal);
        Assert.Contains("with_analyses=true", oz.Received.OzApiCalls[0].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_callers_make_one_login_and_one_renewal()
    {
        await using var oz = await SimulatorApplication.StartAsync();
        oz.AddFolder(SimulatedFolder.Of(Id, Verdict.Success));
        await using var services = Client(oz, login: true);
        var client = services.GetRequiredService<OzApiClient>();

        await AskAsync(20);
        Assert.Single(Logins());
        oz.Scenario = oz.Scenario with { OzApiBreakage = OzApiBreakage.ExpiredTokenOnce };
        await AskAsync(20);

        Assert.Equal(2, Logins().Count);

        async Task AskAsync(int callers) => Assert.All(
            await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => client.FindFoldersAsync(Id, DateTimeOffset.UnixEpoch.AddHours(1), CancellationToken.None))),
            folders => Assert.Single(folders));

        List<ReceivedRequest> Logins() => [.. oz.Received.OzApiCalls.Where(call => call.Path.Contains("/authorize/auth", StringComparison.Ordinal))];
    }

    [Theory]
    [MemberData(nameof(Breakages))]
    public async Task Oz_in_trouble_gives_folders_or_one_kind_of_exception(OzApiBreakage breakage)
    {
        await using var oz = await SimulatorApplication.StartAsync();
        oz.AddFolder(SimulatedFolder.Of(Id, Verdict.Success));
        oz.Scenario = oz.Scenario with { OzApiBreakage = breakage };
        await using var services = Client(oz, login: true);

        var failure = await Record.ExceptionAsync(() =>
            services.GetRequiredService<OzApiClient>().FindFoldersAsync(Id, DateTimeOffset.UnixEpoch.AddHours(1), CancellationToken.None));

        Assert.True(failure is null or OzApiException, failure?.ToString());
        Assert.DoesNotContain("http", failure?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fixed_token_that_is_refused_is_said()
    {
        await using var oz = await SimulatorApplication.StartAsync();
        await using var services = Client(oz, login: false, token: "not-the-token");

        await Assert.ThrowsAsync<OzApiException>(() =>
            services.GetRequiredService<OzApiClient>().FindFoldersAsync(Id, DateTimeOffset.UnixEpoch.AddHours(1), CancellationToken.None));
    }

    private static ServiceProvider Client(SimulatorApplication oz, bool login, string? token = null) => new ServiceCollection()
        .AddLogging()
        .AddOzApi(new OzApiPolicy
        {
            Address = oz.Address,
            Token = login ? null : Secret(token ?? oz.Options.OzApiToken),
            Email = login ? oz.Options.Email : null,
            Password = login ? Secret(oz.Options.Password) : null,
            TimeUnit = OzTimeUnit.Seconds,
            ClockSkew = TimeSpan.Zero,
            Timeout = TimeSpan.FromSeconds(15),
            TransactionKey = "transaction_id",
        })
        .BuildServiceProvider();

    private static Secret Secret(string text) => new(Encoding.UTF8.GetBytes(text));
}
