using System.Diagnostics;
using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>The samples of a backend, run as their first lines say: they issue, ask, wait, take a receipt and verify it.</summary>
public sealed class SampleTests
{
    [ProgramFact("dotnet")]
    public Task A_backend_in_CSharp_brings_a_check_to_its_end() => RunAsync("dotnet run backend.cs --");

    [ProgramFact("node")]
    public Task A_backend_in_Node_brings_a_check_to_its_end() => RunAsync("node backend.mjs");

    [ProgramFact("python3")]
    public Task A_backend_in_Python_brings_a_check_to_its_end() => RunAsync("python3 backend.py");

    private static async Task RunAsync(string command)
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Transaction = "issue: explicit" });
        run.Simulator.Scenario = Scenario.Processing;
        using var sample = Start(command, run.Backend);
        using var killed = new KilledAtTheEnd(sample);
        var errors = sample.StandardError.ReadToEndAsync();
        var issued = (await sample.StandardOutput.ReadLineAsync())?.Split(' ') ?? ["nothing", await errors, ""];
        Assert.True(issued[0] == "issued", string.Join(' ', issued));

        using var browser = run.Browser();
        browser.TakeTicket(issued[2]);
        await browser.OpenAsync();
        var submitted = await browser.SubmitAsync(meta: new Dictionary<string, string> { ["branch"] = "Astana-7" });
        Assert.Equal((HttpStatusCode.OK, issued[1]), (submitted.Status, submitted.TransactionId));
        run.Simulator.FinishFolder(run.Simulator.Folders.Single().FolderId, Verdict.Success);

        var rest = await run.PassUntilAsync(sample.StandardOutput.ReadToEndAsync(), TimeSpan.FromMilliseconds(100));
        await sample.WaitForExitAsync();

        Assert.Equal(("verdict success\nreceipt success\n", "", 0), (rest.ReplaceLineEndings("\n"), await errors, sample.ExitCode));
    }

    private static Process Start(string command, Uri backend)
    {
        var words = command.Split(' ');
        var start = new ProcessStartInfo(words[0], [.. words[1..], backend.ToString(), The.DeskBackendKey, The.User])
        {
            WorkingDirectory = Path.Combine(Conventions.Sources.Root, "tests/Samples"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    // A story that went wrong must not leave a backend waiting at a door that is being closed.
    private sealed class KilledAtTheEnd(Process process) : IDisposable
    {
        public void Dispose()
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
