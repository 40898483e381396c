namespace OzGateway.Forwarding;

/// <summary>The address of a call at the adapter: the path exactly as it was matched, and the query but for the pairs that do not pass.</summary>
internal static class AdapterTarget
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Builds the address.</summary>
    /// <param name="destination">Where the adapter is, with its prefix.</param>
    /// <param name="path">The path, already judged by the edge.</param>
    /// <param name="query">The query with its question mark, or nothing.</param>
    public static Uri Of(string destination, ReadOnlySpan<char> path, string query)
    {
        var text = string.Concat(destination.AsSpan().TrimEnd('/'), path, query);
        return Uri.TryCreate(text, AsItIs, out var target) ? target : throw new InvalidOperationException("The address of a call cannot be built.");
    }
}
