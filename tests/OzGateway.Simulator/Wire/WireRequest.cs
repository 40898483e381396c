namespace OzGateway.Simulator.Wire;

/// <summary>One request as its bytes said it, read by the letter.</summary>
/// <param name="Line">The request line.</param>
/// <param name="Headers">The header lines in order.</param>
/// <param name="Body">The body without its chunks.</param>
public sealed record WireRequest(string Line, IReadOnlyList<string> Headers, string Body)
{
    /// <summary>Method and target.</summary>
    public string Call => Line.EndsWith(" HTTP/1.1", StringComparison.Ordinal) ? Line[..^9] : $"not HTTP/1.1: {Line}";

    /// <summary>Every value of a header.</summary>
    /// <param name="name">Its name.</param>
    public IReadOnlyList<string> Values(string name) =>
        [.. Headers.Where(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim())];
}
