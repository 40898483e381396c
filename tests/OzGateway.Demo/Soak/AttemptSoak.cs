namespace OzGateway.Demo.Soak;

/// <summary>Long runs of attempts, by name. Figures are printed; only a count that is wrong is a failure.</summary>
internal static class AttemptSoak
{
    /// <summary>Runs one of them, or all.</summary>
    public static async Task<int> RunAsync(DemoOptions options)
    {
        var fine = true;
        (string Name, Func<DemoOptions, Task<bool>> Run)[] runs =
        [
            ("races", AttemptRaces.RunAsync), ("faults", AttemptFaults.RunAsync),
            ("memory", AttemptMemory.RunAsync), ("redis", AttemptRedis.RunAsync),
        ];
        foreach (var (name, run) in runs)
        {
            if (options.SoakAttempts == "all" || options.SoakAttempts == name)
            {
                await Console.Out.WriteLineAsync($"-- {name}");
                fine &= await run(options);
            }
        }

        return fine ? 0 : 1;
    }
}
