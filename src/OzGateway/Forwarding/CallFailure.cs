using Yarp.ReverseProxy.Forwarder;

namespace OzGateway.Forwarding;

/// <summary>What went wrong with a call, in the words of the forwarder.</summary>
/// <param name="error">Who failed when.</param>
/// <param name="exception">With what.</param>
internal sealed class CallFailure(ForwarderError error, Exception exception) : IForwarderErrorFeature
{
    /// <inheritdoc />
    public ForwarderError Error { get; } = error;

    /// <inheritdoc />
    public Exception? Exception { get; } = exception;
}
