using OzGateway.OzApi;
using OzGateway.Simulator;

namespace OzGateway.Tests.OzApi;

/// <summary>One account at Oz API: what is asked, and what is done when it does not answer well.</summary>
public sealed class OzApiClientTests
{
    public static TheoryData<OzApiBreakage> Breakages => [.. Enum.GetValues<OzApiBreakage>().Where(breakage => breakage is not OzApiBreakage.Slow)];

    [Theory]
    [MemberData(nameof(Breakages))]
    public async Task Whatever_breaks_there_are_folders_or_one_kind_of_exception(OzApiBreakage breakage)
    {
        await using var account = await OzAccount.LogInAsync(breakage);
        account.Simulator.AddFolder(SimulatedFolder.Of(OzAccount.Id));

        var failure = await Record.ExceptionAsync(() => account.FindAsync());

        Assert.True(failure is null or OzApiException, failure?.ToString());
        Assert.DoesNotContain("http", failure?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_made_before_the_time_are_not_asked_for()
    {
        await using var account = await OzAccount.OpenAsync();
        account.Simulator.AddFolder(SimulatedFolder.Of(OzAccount.Id));

        Assert.Empty(await account.Client.FindFoldersAsync(OzAccount.Id, DateTimeOffset.UtcNow.AddHours(1), CancellationToken.None));
    }

    [Fact]
    public async Task The_question_is_encoded_and_counts_time_in_seconds()
    {
        await using var account = await OzAccount.OpenAsync(change: policy => policy with { TransactionKey = "id & co" });

        await account.Client.FindFoldersAsync(OzAccount.Id, DateTimeOffset.FromUnixTimeSeconds(1_764_000_300), CancellationToken.None);

        var asked = Assert.Single(account.Reads);
        Assert.Equal("/api/folders/", asked.Path);
        Assert.Equal($"?meta_data=id%20%26%20co%3D%3D{OzAccount.Id}&with_analyses=true&time_created.min=1764000000&limit=100&offset=0", asked.Query);
        Assert.Equal(account.Simulator.Options.OzApiToken, asked.Header("X-Forensic-Access-Token"));
    }

    [Fact]
    public async Task An_Oz_that_counts_milliseconds_is_asked_in_milliseconds()
    {
        await using var account = await OzAccount.OpenAsync(OzApiBreakage.MillisecondFilters, policy => policy with { TimeUnit = OzTimeUnit.Milliseconds });
        account.Simulator.AddFolder(SimulatedFolder.Of(OzAccount.Id));

        Assert.Single(await account.FindAsync());
    }

    [Fact]
    public async Task A_folder_is_found_with_what_a_verdict_needs()
    {
        await using var account = await OzAccount.OpenAsync();
        var planted = account.Simulator.AddFolder(SimulatedFolder.Of(OzAccount.Id));
        account.Simulator.AddFolder(SimulatedFolder.Of("another"));

        var folder = Assert.Single(await account.FindAsync());

        Assert.Equal((planted.FolderId, "FINISHED", "SUCCESS"), (folder.FolderId, folder.ResolutionStatus, folder.SystemResolution));
        Assert.Equal(OzAccount.Id, folder.MetaData!["transaction_id"].GetString());
        Assert.Equal(planted.TimeCreated.ToUnixTimeSeconds(), (long)folder.TimeCreated!);
        Assert.Equal(("QUALITY", "FINISHED", "SUCCESS"), folder.Analyses!.Select(analysis => (analysis.Type, analysis.State, analysis.ResolutionStatus)).Single());
    }

    [Theory]
    [InlineData(nameof(OzApiBreakage.BareArray))]
    [InlineData(nameof(OzApiBreakage.LegacyAnalyseId))]
    public async Task Older_versions_are_read_too(string breakage)
    {
        await using var account = await OzAccount.OpenAsync(Enum.Parse<OzApiBreakage>(breakage));
        account.Simulator.AddFolder(SimulatedFolder.Of(OzAccount.Id));

        Assert.Equal("FINISHED", Assert.Single(await account.FindAsync()).ResolutionStatus);
    }

    [Fact]
    public async Task A_second_folder_on_a_second_page_is_found()
    {
        await using var account = await OzAccount.OpenAsync(OzApiBreakage.SecondPage);
        account.Simulator.AddFolder(SimulatedFolder.Of(OzAccount.Id));
        account.Simulator.AddFolder(SimulatedFolder.Of(OzAccount.Id, Verdict.Declined));

        Assert.Equal(2, (await account.FindAsync()).Count);
    }

    [Fact]
    public async Task Full_pages_are_followed_to_the_end()
    {
        await using var account = await OzAccount.OpenAsync(OzApiBreakage.BareArray);
        for (var folder = 0; folder < 205; folder++)
        {
            account.Simulator.AddFolder(SimulatedFolder.Of(OzAccount.Id));
        }

        Assert.Equal(205, (await account.FindAsync()).Select(folder => folder.FolderId).Distinct().Count());
        Assert.Equal(["0", "100", "200"], account.Reads.Select(read => read.Query[(read.Query.LastIndexOf('=') + 1)..]));
    }

    [Fact]
    public async Task More_folders_than_any_transaction_has_are_no_answer()
    {
        await using var account = await OzAccount.OpenAsync();
        for (var folder = 0; folder < 501; folder++)
        {
            account.Simulator.AddFolder(SimulatedFolder.Of(OzAccount.Id));
        }

        Assert.Equal("too_many", await ReasonAsync(account));
    }

    [Theory]
    [InlineData(nameof(OzApiBreakage.Error500), "status")]
    [InlineData(nameof(OzApiBreakage.Unavailable), "status")]
    [InlineData(nameof(OzApiBreakage.Html), "unreadable")]
    [InlineData(nameof(OzApiBreakage.Truncated), "unreadable")]
    [InlineData(nameof(OzApiBreakage.NoAnswer), "unreachable")]
    [InlineData(nameof(OzApiBreakage.Forbidden), "forbidden")]
    [InlineData(nameof(OzApiBreakage.InvalidToken), "login")]
    public async Task Trouble_has_a_word_and_nothing_of_what_Oz_said(string breakage, string reason)
    {
        await using var account = await OzAccount.OpenAsync(Enum.Parse<OzApiBreakage>(breakage));
        account.Simulator.AddFolder(SimulatedFolder.Of(OzAccount.Id));

        var failure = await Assert.ThrowsAsync<OzApiException>(() => account.FindAsync());

        Assert.Equal((reason, $"Oz API: {reason}."), (failure.Reason, failure.Message));
        Assert.Contains(reason, Assert.Single(account.Logs.Lines, line => line.Event == "OzApiFailed").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_Oz_is_given_up_when_its_time_has_passed()
    {
        await using var account = await OzAccount.OpenAsync(change: policy => policy with { Timeout = TimeSpan.FromMilliseconds(200) });
        account.Simulator.Scenario = Scenario.Success with { OzApiDelay = Timeout.InfiniteTimeSpan };

        Assert.Equal("timeout", await ReasonAsync(account));
    }

    [Fact]
    public async Task Who_asked_may_stop_asking()
    {
        await using var account = await OzAccount.OpenAsync();
        account.Simulator.Scenario = Scenario.Success with { OzApiDelay = Timeout.InfiniteTimeSpan };
        using var gone = new CancellationTokenSource();

        var asking = account.Client.FindFoldersAsync(OzAccount.Id, DateTimeOffset.UtcNow, gone.Token);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task One_login_serves_many_callers()
    {
        await using var account = await OzAccount.LogInAsync();
        account.Simulator.AddFolder(SimulatedFolder.Of(OzAccount.Id));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => account.FindAsync())));

        Assert.All(answers, folders => Assert.Single(folders));
        Assert.Single(account.Logins);
    }

    [Fact]
    public async Task One_renewal_serves_many_callers_whose_token_has_aged()
    {
        await using var account = await OzAccount.LogInAsync();
        await account.FindAsync();
        account.Simulator.Scenario = Scenario.Success with { OzApiBreakage = OzApiBreakage.ExpiredToken };

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => account.FindAsync())));

        Assert.Equal((1, 1), (account.Logins.Count, account.Refreshes.Count));
    }

    [Fact]
    public async Task A_token_that_is_refused_right_after_its_renewal_is_not_renewed_again()
    {
        await using var account = await OzAccount.LogInAsync(OzApiBreakage.InvalidToken);

        Assert.Equal("status", await ReasonAsync(account));
        Assert.Equal((1, 1, 2), (account.Logins.Count, account.Refreshes.Count, account.Reads.Count));
    }

    [Fact]
    public async Task A_right_that_the_account_lacks_is_no_matter_of_its_token()
    {
        await using var account = await OzAccount.LogInAsync(OzApiBreakage.Forbidden);

        Assert.Equal("forbidden", await ReasonAsync(account));
        Assert.Equal((1, 0, 1), (account.Logins.Count, account.Refreshes.Count, account.Reads.Count));
    }

    [Fact]
    public async Task A_refused_login_is_said_and_tried_again_with_the_next_question()
    {
        await using var account = await OzAccount.LogInAsync(OzApiBreakage.LoginRefused);
        Assert.Equal("login", await ReasonAsync(account));

        account.Simulator.Scenario = Scenario.Success;

        Assert.Empty(await account.FindAsync());
    }

    [Fact]
    public async Task A_password_stands_in_no_message_and_no_log()
    {
        await using var account = await OzAccount.LogInAsync(password: "wrong-password-0f3b");

        var failure = await Assert.ThrowsAsync<OzApiException>(() => account.FindAsync());

        Assert.DoesNotContain("wrong-password", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(account.Logs.Lines, line => line.Text.Contains("wrong-password", StringComparison.Ordinal));
    }

    private static async Task<string> ReasonAsync(OzAccount account) => (await Assert.ThrowsAsync<OzApiException>(() => account.FindAsync())).Reason;
}
