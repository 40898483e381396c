using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OzGateway.Benchmarks.Compare;

/// <summary>A program under measurement, unchanged, in a process of its own: the startup hook lends it a voice where it is asked for counters.</summary>
internal sealed partial class MeasuredProcess : IDisposable
{
    private readonly Process _process;

    private MeasuredProcess(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>The port that it printed.</summary>
    public int Port { get; }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it and waits until it has printed its public door.</summary>
    public static MeasuredProcess Start(ProgramStart program)
    {
        string[] command = [.. program.Path.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", program.Path] : new[] { program.Path }, .. program.Arguments];
        string[] pinned = program.Processor is { } one ? ["taskset", "-c", one.ToString(CultureInfo.InvariantCulture), .. command] : command;
        var start = new ProcessStartInfo(pinned[0], pinned[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (program.WithCounters)
        {
            start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(MeasuredProcess).Assembly.Location;
        }

        foreach (var (name, value) in program.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new CompareException($"Cannot start {program.Path}.");
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (Door().Match(line) is { Success: true } port)
            {
                // What it goes on to print must not fill the pipe.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new MeasuredProcess(process, int.Parse(port.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            }
        }

        throw new CompareException($"{program.Path} ended before it served: {process.StandardError.ReadToEnd()}");
    }

    /// <summary>Its counters now.</summary>
    public Mark Mark()
    {
        _process.StandardInput.WriteLine();
        while (_process.StandardError.ReadLine() is { } line)
        {
            if (line.StartsWith(StartupHook.Word, StringComparison.Ordinal))
            {
                return Compare.Mark.Parse(line);
            }

            Console.Error.WriteLine(line);
        }

        throw new CompareException("A program ended while it was measured.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    [GeneratedRegex("public door ([0-9]+),")]
    private static partial Regex Door();
}
