namespace OzGateway.OzApi;

/// <summary>Oz API cannot be asked, or its answer cannot be read. The message is ours; nothing of the answer stands in it.</summary>
/// <param name="reason">
/// A closed word: <c>status</c>, <c>forbidden</c>, <c>unreadable</c>, <c>too_large</c>, <c>too_many</c>, <c>login</c>, <c>unreachable</c>, <c>timeout</c>, <c>circuit_open</c>.
/// </param>
internal sealed class OzApiException(string reason) : Exception($"Oz API: {reason}.")
{
    /// <summary>The word.</summary>
    public string Reason { get; } = reason;
}
