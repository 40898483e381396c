namespace OzGateway.Demo;

/// <summary>The demo cannot go on; the message is for the person in front of it.</summary>
/// <param name="message">What happened and what to do.</param>
internal sealed class DemoException(string message) : Exception(message);
