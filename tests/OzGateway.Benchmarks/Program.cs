using System.CommandLine;
using System.Reflection;

using BenchmarkDotNet.Running;

using OzGateway.Benchmarks;
using OzGateway.Benchmarks.Compare;
using OzGateway.Benchmarks.Start;

return args switch
{
    ["--once"] => Math.Max(Once.Run(Assembly.GetExecutingAssembly()), await CompareCommand.RunAsync(new CompareOptions { Rounds = 1, WarmUps = 0, Requests = 8 })),
    ["compare" or "start", ..] => await new RootCommand("OzGateway, measured.") { CompareCommand.Create(), StartCommand.Create() }.Parse(args).InvokeAsync(),
    _ => Measure(args),
};

static int Measure(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(ProjectionBenchmark).Assembly).Run(args);
    return 0;
}
