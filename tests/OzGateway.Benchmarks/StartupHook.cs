using System.Globalization;

/// <summary>Loaded by the runtime (DOTNET_STARTUP_HOOKS) into the program under measurement, which is thereby the one that ships:
/// for each line on standard input it answers one on standard error with the counters of the process.</summary>
internal static class StartupHook
{
    /// <summary>First word of an answer.</summary>
    public const string Word = "mark";

    /// <summary>Called by the runtime before the program's own entry point.</summary>
    public static void Initialize()
    {
        // What this program starts in turn is measured by nobody.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        new Thread(Answer) { IsBackground = true, Name = "counters" }.Start();
    }

    private static void Answer()
    {
        while (Console.In.ReadLine() is not null)
        {
            var cpu = Environment.CpuUsage;
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{Word} {cpu.UserTime.Ticks} {cpu.PrivilegedTime.Ticks} {allocated} {GC.CollectionCount(0)}"));
        }
    }
}
