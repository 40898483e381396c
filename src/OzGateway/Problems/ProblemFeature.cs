namespace OzGateway.Problems;

/// <summary>Marks a response as a problem of the gateway itself. Set by the one writer of problems.</summary>
/// <param name="problem">Which one.</param>
internal sealed class ProblemFeature(GatewayProblem problem)
{
    /// <summary>Which one.</summary>
    public GatewayProblem Problem { get; } = problem;
}
