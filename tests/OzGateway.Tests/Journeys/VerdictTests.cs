using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>The customer's backend, and it alone, gets the verdict.</summary>
public sealed class VerdictTests
{
    [Fact]
    public async Task Another_users_finished_transaction_is_not_found()
    {
        await using var run = await FinishedAsync();
        using var backend = run.BackendClient();
        var id = run.Simulator.Received.Single().Meta("transaction_id")!;

        Assert.Equal("success", await backend.OutcomeAsync(id, The.User));
        Assert.Equal("not_found", await backend.OutcomeAsync(id, The.OtherUser));
        Assert.Single(run.Simulator.Received.OzApiCalls); // a foreign question costs no call
        Assert.Contains("relay_suspected", await run.AuditAsync("relay_suspected"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong-key-wrong-key-wrong-key-wrong-key")]
    public async Task Without_a_valid_key_nobody_is_told_anything(string? key)
    {
        await using var run = await FinishedAsync();
        using var nobody = run.BackendClient(key);

        var answer = await nobody.AskAsync(run.Simulator.Received.Single().Meta("transaction_id")!);

        Assert.Equal((HttpStatusCode.Unauthorized, "backend_key_invalid"), (answer.Status, answer.Code));
        Assert.Empty(run.Simulator.Received.OzApiCalls);
    }

    [Fact]
    public async Task The_public_door_does_not_know_the_question()
    {
        await using var run = await FinishedAsync();
        using var wrongDoor = new BackendClient(run.Public, The.BackendKey);

        var answer = await wrongDoor.AskAsync(run.Simulator.Received.Single().Meta("transaction_id")!);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task The_user_may_be_left_out_only_with_the_right_to()
    {
        await using var run = await FinishedAsync();
        var id = run.Simulator.Received.Single().Meta("transaction_id")!;
        using var bank = run.BackendClient();
        using var master = run.BackendClient(The.MasterBackendKey);

        var refused = await bank.AskAsync(id, user: null);
        var told = await master.AskAsync(id, user: null);

        Assert.Equal((HttpStatusCode.BadRequest, "user_required"), (refused.Status, refused.Code));
        Assert.Contains("\"outcome\":\"success\"", told.Text, StringComparison.Ordinal);
        Assert.Contains("\"user_checked\":false", told.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("page-made-transaction-7f0c2e0a")]
    [InlineData("x==y&limit=1000")]
    public async Task A_forged_id_costs_no_call(string id)
    {
        await using var run = await FinishedAsync();
        using var backend = run.BackendClient();

        Assert.Equal("not_found", await backend.OutcomeAsync(id));
        Assert.Empty(run.Simulator.Received.OzApiCalls);
    }

    [Fact]
    public async Task An_id_in_escapes_is_refused_at_the_edge()
    {
        await using var run = await FinishedAsync();
        using var backend = run.BackendClient();

        var refused = await backend.AskAsync("x%3D%3Dy%26limit%3D1000", The.User);

        Assert.Equal((HttpStatusCode.BadRequest, "request_refused"), (refused.Status, refused.Code));
        Assert.Empty(run.Simulator.Received.OzApiCalls);
    }

    [Fact]
    public async Task Two_folders_with_one_id_are_ambiguous_and_never_a_success()
    {
        await using var run = await FinishedAsync();
        var folder = run.Simulator.Folders.Single();
        run.Simulator.AddFolder(folder with { FolderId = "99999999-9999-4999-8999-999999999999" });
        using var backend = run.BackendClient();

        Assert.Equal("ambiguous", await backend.OutcomeAsync(run.Simulator.Received.Single().Meta("transaction_id")!));
    }

    [Fact]
    public async Task A_folder_with_another_id_is_never_this_transactions()
    {
        await using var run = await FinishedAsync(Scenario.Declined);
        run.Simulator.Scenario = run.Simulator.Scenario with { OzApiBreakage = OzApiBreakage.ForeignFolder }; // its success comes first
        var id = run.Simulator.Received.Single().Meta("transaction_id")!;
        using var backend = run.BackendClient();

        Assert.Equal("declined", await backend.OutcomeAsync(id));
    }

    [Fact]
    public async Task Oz_in_trouble_is_said_and_nothing_of_its_words()
    {
        await using var run = await FinishedAsync();
        run.Simulator.Scenario = run.Simulator.Scenario with { OzApiBreakage = OzApiBreakage.Html };
        using var backend = run.BackendClient();

        var answer = await backend.AskAsync(run.Simulator.Received.Single().Meta("transaction_id")!);

        Assert.Equal((HttpStatusCode.BadGateway, "oz_api_unavailable"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Without_Oz_api_the_verdict_is_not_available()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { WithOzApi = false });
        using var browser = run.Browser();
        await browser.OpenAsync();
        var answer = await browser.SubmitAsync();
        using var backend = run.BackendClient();

        Assert.Equal("not_available", await backend.OutcomeAsync(answer.TransactionId!));
    }

    [Fact]
    public async Task A_verdict_is_still_found_after_a_restart()
    {
        await using var before = await FinishedAsync();
        var id = before.Simulator.Received.Single().Meta("transaction_id")!;
        await using var after = await GatewayRun.StartAsync(simulator: before.Simulator);
        using var backend = after.BackendClient();

        Assert.Equal("success", await backend.OutcomeAsync(id));
    }

    private static async Task<GatewayRun> FinishedAsync(Scenario? scenario = null)
    {
        var run = await GatewayRun.StartAsync();
        run.Simulator.Scenario = (scenario ?? Scenario.Success) with { PollsUntilFinished = 0 };
        using var browser = run.Browser();
        await browser.OpenAsync();
        Assert.Equal(Answer.Finished, (await browser.SubmitAsync()).Text);
        return run;
    }
}
