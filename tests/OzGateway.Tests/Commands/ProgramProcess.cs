using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OzGateway.Tests.Commands;

/// <summary>The program as an operator starts it: a process of its own, with its own environment.</summary>
internal sealed partial class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource<Match> _serves = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProgramProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _lines);

    public string Errors => string.Join('\n', _errors).TrimEnd('\n');

    public static ProgramProcess Start(string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ozgateway.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ProgramProcess(start);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await using var program = Start(arguments);
        return (await program.ExitAsync(), program.Output, program.Errors);
    }

    /// <summary>The doors, once they are open.</summary>
    public async Task<(Uri Public, Uri Backend, Uri Admin)> DoorsAsync()
    {
        var started = await Task.WhenAny(_serves.Task, _process.WaitForExitAsync()).WaitAsync(Patience);
        Assert.True(started == _serves.Task, $"The program ended before it served: {Errors}");
        var ports = (await _serves.Task).Groups;
        return (Door(ports[1]), Door(ports[2]), Door(ports[3]));
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static Uri Door(Group port) => new($"http://127.0.0.1:{port.Value}/");

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (Serves().Match(line) is { Success: true } doors)
        {
            _serves.TrySetResult(doors);
        }
    }

    [GeneratedRegex("public door ([0-9]+), backend door ([0-9]+), admin door ([0-9]+)")]
    private static partial Regex Serves();
}
