using System.Reflection;

using BenchmarkDotNet.Running;

using OzGateway.Benchmarks;

return args is ["--once"] ? Once.Run(Assembly.GetExecutingAssembly()) : Measure(args);

static int Measure(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(ProjectionBenchmark).Assembly).Run(args);
    return 0;
}
