using System.Globalization;

namespace OzGateway.Benchmarks.Reading;

/// <summary>The reader of answers, for long: speed, agreement with another reader, fuzzing.</summary>
internal static class ReadingCommand
{
    /// <summary>Runs <c>reading speed</c>, <c>reading differential [documents]</c> or <c>reading fuzz TARGET</c>.</summary>
    /// <returns>0, or 1 where readers disagree, or 2 where nothing is asked for.</returns>
    public static int Run(string[] args)
    {
        switch (args)
        {
            case ["speed"]:
                return ReadingSpeed.Run();
            case ["differential", .. var rest]:
                return Differential.Run(rest is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 100_000);
            case ["fuzz", var target]:
                return FuzzTargets.Run(target);
            default:
                Console.Error.WriteLine("reading speed | reading differential [documents] | reading fuzz (answers|session|codings)");
                return 2;
        }
    }
}
