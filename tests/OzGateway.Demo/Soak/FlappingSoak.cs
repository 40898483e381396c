using System.Diagnostics;
using OzGateway.Simulator;
using OzGateway.Simulator.Mixed;

namespace OzGateway.Demo.Soak;

/// <summary>Mixed calls while the adapter goes down one second in every three. Only what must not be is a failure: a submission sent twice, a wrong body.</summary>
internal static class FlappingSoak
{
    private static readonly TimeSpan Up = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs it against the program that ships.</summary>
    public static async Task<int> RunAsync(DemoOptions options)
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions
        {
            AcceptUnknownSessions = true,
            Scenario = Scenario.Success with { Delay = TimeSpan.FromMilliseconds(20) },
        });
        await using var front = new FlappingFront(simulator.Address);
        await using var proxy = await ProxyProcess.GatewayAsync(front.Address);
        using var ended = new CancellationTokenSource();
        var flapping = front.FlapAsync(Up, Down, TimeProvider.System, ended.Token);
        var watch = Stopwatch.StartNew();
        var findings = await new MixedCalls(proxy.Address, simulator).RunAsync(options.Requests, options.Connections, _ => Task.Delay(Pause, TimeProvider.System));
        watch.Stop();
        await ended.CancelAsync();
        await flapping;
        await Console.Out.WriteLineAsync($"""
            calls      {findings.Calls} over {options.Connections} connections in {watch.Elapsed.TotalSeconds:F0} s; the adapter went down {front.Downs} times
            answered   {Print(findings.Answered)}
            refused    {Print(findings.Refused)}
            files cut  {findings.Cut}
            arrived    {simulator.Received.Submissions.Count} submissions, {simulator.Received.Submissions.Count(submission => submission.Complete)} of them whole
            wrong      {findings.Wrong.Count}
            """);
        foreach (var wrong in findings.Wrong)
        {
            await Console.Error.WriteLineAsync(wrong);
        }

        return findings.Wrong.Count == 0 ? 0 : 1;
    }

    private static string Print(IReadOnlyDictionary<string, int> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}"));
}
