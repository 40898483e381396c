using Microsoft.Extensions.DependencyInjection;
using OzGateway.Identity;
using OzGateway.Tests.Projection;
using OzGateway.Tests.Testing;
using OzGateway.Transactions;

namespace OzGateway.Tests.Transactions;

/// <summary>What the adapter's answers say of a check is bound to the transaction whose submission it answers, and to no other.</summary>
public sealed class CheckObserverTests : IAsyncLifetime
{
    private const string Over = """
        "state":"finished","analyses":{"quality":{"state":"finished","resolution":"success"}}
        """;

    private RawUpstream Upstream { get; } = new();
    private GatewayRun _run = null!;

    public async Task InitializeAsync() =>
        _run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = $"\"{Upstream.Address}\"", Transaction = "issue: implicit, uploads: 2" });

    public async Task DisposeAsync()
    {
        await _run.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    [Fact]
    public async Task The_answer_to_a_submission_binds_its_folder()
    {
        var id = await SubmitAsync(_run.Browser(), """{"state":"processing","folder_id":"f-1"}""");

        var record = await FindAsync(id);
        Assert.Equal((new FolderId("f-1"), null, TransactionState.Submitted), (record.Folder, record.Outcome, record.State));
    }

    [Fact]
    public async Task A_submission_that_is_over_at_once_closes_with_its_folder()
    {
        var id = await SubmitAsync(_run.Browser(), "{" + Over + ""","folder_id":"f-1"}""");

        Assert.Equal((CheckOutcome.Succeeded, TransactionState.Finished), ((await FindAsync(id)).Outcome, (await FindAsync(id)).State));
    }

    [Fact]
    public async Task An_outcome_without_a_folder_settles_nothing()
    {
        var id = await SubmitAsync(_run.Browser(), "{" + Over + "}");

        Assert.Equal((null, TransactionState.Finished), ((await FindAsync(id)).Outcome, (await FindAsync(id)).State));
    }

    [Fact]
    public async Task A_poll_closes_with_the_folder_that_is_bound()
    {
        using var browser = _run.Browser();
        var id = await SubmitAsync(browser, """{"state":"processing","folder_id":"f-1"}""");

        await PollAsync(browser, """{"state":"finished","folder_id":"f-1","analyses":{"quality":{"resolution":"declined"}}}""");

        Assert.Equal(CheckOutcome.Declined, (await FindAsync(id)).Outcome);
    }

    [Fact]
    public async Task A_poll_of_somebody_elses_passed_check_settles_nothing()
    {
        using var browser = _run.Browser();
        var id = await SubmitAsync(browser, """{"state":"processing","folder_id":"f-1"}""");

        await PollAsync(browser, "{" + Over + ""","folder_id":"f-2"}""");

        Assert.Equal((null, new FolderId("f-1"), false), ((await FindAsync(id)).Outcome, (await FindAsync(id)).Folder, (await FindAsync(id)).HasSecondFolder));
    }

    [Fact]
    public async Task A_poll_binds_no_folder()
    {
        using var browser = _run.Browser();
        var id = await SubmitAsync(browser, """{"state":"processing"}""");

        await PollAsync(browser, "{" + Over + ""","folder_id":"f-2"}""");

        Assert.Equal((null, null), ((await FindAsync(id)).Outcome, (await FindAsync(id)).Folder));
    }

    [Fact]
    public async Task A_second_folder_of_one_transaction_raises_the_alarm()
    {
        using var browser = _run.Browser();
        var id = await SubmitAsync(browser, """{"state":"processing","folder_id":"f-1"}""");
        var again = await SubmitAsync(browser, "{" + Over + ""","folder_id":"f-2"}""");

        var record = await FindAsync(id);
        Assert.Equal((id, new FolderId("f-1"), true, null), (again, record.Folder, record.HasSecondFolder, record.Outcome));
        Assert.Contains(_run.Logs.Lines, line => line.Event == "FolderConflict" && line.Text.Contains("second", StringComparison.Ordinal));
        Assert.DoesNotContain(_run.Logs.Lines, line => line.Text.Contains("f-2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_is_another_transactions_stays_there()
    {
        var victim = await SubmitAsync(_run.Browser(), """{"state":"processing","folder_id":"f-1"}""");
        var thief = await SubmitAsync(_run.Browser(The.OtherUser), "{" + Over + ""","folder_id":"f-1"}""");

        Assert.Equal((new FolderId("f-1"), false), ((await FindAsync(victim)).Folder, (await FindAsync(victim)).HasSecondFolder));
        Assert.Equal((null, true, null), ((await FindAsync(thief)).Folder, (await FindAsync(thief)).HasSecondFolder, (await FindAsync(thief)).Outcome));
        Assert.Contains(_run.Logs.Lines, line => line.Event == "FolderConflict" && line.Text.Contains("foreign", StringComparison.Ordinal));
    }

    private async Task<string> SubmitAsync(PluginClient browser, string answer)
    {
        Upstream.Answer = new RawAnswer(FailClosedCells.Http(Coded.Utf8(answer)));
        var answered = await browser.SubmitAsync(mediaBytes: 100);
        Assert.DoesNotContain("folder", answered.Text, StringComparison.Ordinal);
        return answered.TransactionId!;
    }

    private async Task PollAsync(PluginClient browser, string answer)
    {
        Upstream.Answer = new RawAnswer(FailClosedCells.Http(Coded.Utf8(answer)));
        Assert.Equal(Answer.Finished, (await browser.PollAsync()).Text);
    }

    private async Task<TransactionRecord> FindAsync(string id)
    {
        Assert.True(TransactionId.TryParse(id, out var parsed));
        return (await _run.Services.GetRequiredService<InMemoryTransactionLedger>().FindAsync(parsed))!;
    }
}
