using System.Diagnostics;
using System.Globalization;

namespace OzGateway.Benchmarks.Compare;

/// <summary>The whole run: starts what is compared, measures in interleaved rounds, prints the table.</summary>
internal sealed class Comparison : IDisposable
{
    private const string PlainYarp = "plain YARP";

    // Below the limits that ship: five attempts in a quarter of an hour, 240 polls a minute.
    private const int UploadsOfAUser = 4;
    private const int PollsOfAUser = 200;

    // The compiler's background thread shares the processor with the proxy: it gets its turn between the windows of a warm-up.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly CompareOptions _options;
    private readonly StandInAdapter _adapter;
    private readonly GatewayHouse _house;
    private readonly byte[] _media = Calls.Media(2 << 20);
    private readonly List<Candidate> _candidates = [];

    private Comparison(CompareOptions options)
    {
        _options = options;
        _adapter = new StandInAdapter(_media);
        _house = new GatewayHouse(_adapter.Address, options.Users, options.Append is { } file ? File.ReadAllText(file.FullName) : "");
    }

    /// <summary>Compares.</summary>
    /// <exception cref="CompareException">A program did not start, or an answer was wrong.</exception>
    public static async Task<IReadOnlyList<CaseFigures>> RunAsync(CompareOptions options)
    {
        using var comparison = new Comparison(options);
        var cases = comparison.Chosen();
        await comparison.StartAsync(comparison.Users(cases));
        return [.. cases.Select(comparison.Measure)];
    }

    public void Dispose()
    {
        _candidates.ForEach(static candidate => candidate.Dispose());
        _house.Dispose();
        _adapter.Dispose();
    }

    private List<CompareCase> Chosen()
    {
        var all = CompareCase.All();
        var unknown = _options.Cases.Except(all.Select(static known => known.Name)).ToList();
        return unknown.Count > 0
            ? throw new CompareException($"There is no case '{unknown[0]}'; there are {string.Join(", ", all.Select(static known => known.Name))}.")
            : [.. all.Where(known => _options.Cases.Count == 0 || _options.Cases.Contains(known.Name)).Select(known => known with { Requests = _options.Requests ?? known.Requests })];
    }

    private int Users(List<CompareCase> cases)
    {
        int Calls(bool uploads) => cases.Where(comparing => comparing.IsUpload == uploads).Sum(comparing => (comparing.Requests + comparing.Connections) * (_options.WarmUps + _options.Rounds));
        return Math.Max(16, Math.Max(Calls(uploads: true) / UploadsOfAUser, Calls(uploads: false) / PollsOfAUser) + 1);
    }

    private async Task StartAsync(int users)
    {
        int? processor = _options.Pin && OperatingSystem.IsLinux() && Environment.ProcessorCount > 1 ? 1 : null;
        if (processor is not null)
        {
            using var self = Process.Start(new ProcessStartInfo("taskset", ["-a", "-p", "-c", "0", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
            await self.StandardOutput.ReadToEndAsync();
            await self.WaitForExitAsync();
        }

        IReadOnlyList<string> gateways = _options.Gateways.Count > 0 ? _options.Gateways : [$"OzGateway={ProgramStart.GatewayBesideThis}"];
        foreach (var gateway in gateways)
        {
            var (name, path) = gateway.Split('=', 2) is [var first, var second] ? (first, second) : throw new CompareException($"--gateway '{gateway}' is not of the form name=path.");
            var process = MeasuredProcess.Start(ProgramStart.Gateway(path, _house.ConfigurationFile) with { Environment = _options.EnvironmentOf(name), Processor = processor, WithCounters = true });
            _candidates.Add(new Candidate { Name = name, Port = process.Port, Process = process, IsGateway = true, Calls = new Calls(_media, await _house.SignInAsync(process.Port, users)) });
        }

        var yarp = MeasuredProcess.Start(
            ProgramStart.PlainYarp(ProgramStart.DemoBesideThis, _adapter.Address) with { Environment = _options.EnvironmentOf("yarp"), Processor = processor, WithCounters = true });
        _candidates.Insert(0, new Candidate { Name = PlainYarp, Port = yarp.Port, Process = yarp, Calls = _candidates[0].Calls });
        _candidates.Insert(0, new Candidate { Name = "direct", Port = _adapter.Address.Port, Calls = _candidates[0].Calls });
    }

    private CaseFigures Measure(CompareCase comparing)
    {
        var loads = _candidates.ToDictionary(static candidate => candidate.Name, candidate => new Load(comparing, candidate, _adapter));
        var figures = loads.Keys.ToDictionary(static name => name, static _ => new List<WindowFigures>());
        for (var round = -_options.WarmUps; round < _options.Rounds; round++)
        {
            if (round <= 0)
            {
                Thread.Sleep(Pause);
            }

            var order = loads.Keys.ToArray();
            Random.Shared.Shuffle(order);
            foreach (var name in order)
            {
                var window = loads[name].Run(comparing.Requests);
                if (_options.IsVerbose)
                {
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{comparing.Name} round {round} {name}: {window.PerSecond:F0}/s, {window.CpuMicroseconds:F1} µs, {window.AllocatedBytes:F0} B, {window.Spent?.Collections} collections"));
                }

                if (round >= 0)
                {
                    figures[name].Add(window);
                }
            }
        }

        return new CaseFigures(comparing, figures, PlainYarp);
    }
}
