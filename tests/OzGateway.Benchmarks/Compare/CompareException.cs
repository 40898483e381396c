namespace OzGateway.Benchmarks.Compare;

/// <summary>A comparison that cannot go on: a program that does not start, or bytes that are not what they must be.</summary>
internal sealed class CompareException(string message) : Exception(message);
