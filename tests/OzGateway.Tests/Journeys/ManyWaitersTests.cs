using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OzGateway.Identity;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;
using OzGateway.Verdicts;
using Verdict = OzGateway.Simulator.Verdict;

namespace OzGateway.Tests.Journeys;

/// <summary>Five hundred backends wait on as many transactions; Oz API is asked no more often than is stated.</summary>
public sealed class ManyWaitersTests
{
    private const int Transactions = 500;
    private const int TogetherOnOne = 20;

    [Fact]
    public async Task Everybody_gets_the_own_answer_and_Oz_sees_no_more_than_the_stated_polls()
    {
        await using var run = await GatewayRun.StartAsync();
        using var bank = run.BackendClient();
        var (ids, folders) = Plant(run);

        var waiting = ids.Select(id => bank.AskAsync(id, query: "?wait=60s"))
            .Concat(Enumerable.Repeat(ids[0], TogetherOnOne).Select(id => bank.AskAsync(id, query: "?wait=60s"))).ToList();
        var waiter = run.Services.GetRequiredService<VerdictWaiter>();
        while (run.Simulator.Received.OzApiCalls.Count < Transactions || waiter.Count < Transactions)
        {
            await Task.Delay(5);
        }

        for (var number = 0; number < Transactions; number++)
        {
            run.Simulator.FinishFolder(folders[number], number % 2 == 0 ? Verdict.Success : Verdict.Declined);
        }

        var answers = await run.PassUntilAsync(Task.WhenAll(waiting), TimeSpan.FromMilliseconds(100));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        for (var number = 0; number < answers.Length; number++)
        {
            var asked = number < Transactions ? number : 0;
            Assert.Equal((ids[asked], asked % 2 == 0 ? "success" : "declined"), (answers[number].Member("transaction_id"), answers[number].Member("outcome")));
        }

        // At once and after a second: two questions each, however many waited.
        Assert.InRange(run.Simulator.Received.OzApiCalls.Count, Transactions, 2 * Transactions);
        Assert.Equal(0, waiter.Count);
    }

    // Issued under the gateway's own keys, and not in its ledger: as after a restart.
    private static (IReadOnlyList<string> Ids, IReadOnlyList<string> Folders) Plant(GatewayRun run)
    {
        var keys = run.Services.GetRequiredService<UserKeyPolicy>().Keys;
        var user = UserKey.OfIdentifier(keys, The.User);
        var ids = Enumerable.Range(0, Transactions).Select(_ => TransactionId.Issue(keys, user, run.Time.GetUtcNow()).Text).ToList();
        return (ids, [.. ids.Select(id => run.Simulator.AddFolder(SimulatedFolder.Of(id, verdict: null)).FolderId)]);
    }
}
