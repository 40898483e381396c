namespace OzGateway.Simulator.Mixed;

/// <summary>What came of mixed calls.</summary>
/// <param name="Calls">How many there were.</param>
/// <param name="Answered">How many got the right answer, by kind.</param>
/// <param name="Refused">How many got a problem that says the adapter is not there, by code.</param>
/// <param name="Cut">How many files ended too early, which the client saw.</param>
/// <param name="Wrong">What must not be: a sentence for each.</param>
public sealed record MixedFindings(
    int Calls, IReadOnlyDictionary<string, int> Answered, IReadOnlyDictionary<string, int> Refused, int Cut, IReadOnlyList<string> Wrong);
