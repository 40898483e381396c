namespace OzGateway.Simulator.Hosting;

/// <summary>The scenario in force, and what happened since it came into force.</summary>
internal sealed class CurrentScenario(Scenario first, Func<long> tokensIssued)
{
    private volatile InForce _inForce = new(first, tokensIssued());

    public Scenario Value
    {
        get => _inForce.Scenario;
        set => _inForce = new InForce(value, tokensIssued());
    }

    /// <summary>How many tokens had been issued when the scenario came into force.</summary>
    public long TokensBefore => _inForce.TokensBefore;

    /// <summary>True for the first caller under this scenario only.</summary>
    public bool IsFirst() => _inForce.IsFirst();

    private sealed class InForce(Scenario scenario, long tokensBefore)
    {
        private int _calls;

        public Scenario Scenario { get; } = scenario;

        public long TokensBefore { get; } = tokensBefore;

        public bool IsFirst() => Interlocked.Increment(ref _calls) == 1;
    }
}
