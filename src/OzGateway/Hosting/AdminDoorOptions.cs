using OzGateway.Identity;

namespace OzGateway.Hosting;

/// <summary>The port of probes and operators.</summary>
internal sealed class AdminDoorOptions : DoorOptions
{
    /// <summary>Keys of operators, for <c>ozgateway attempts</c>: lines of <c>name:key</c>, <c>#</c> begins a comment. Name <c>[a-z0-9_-]{1,64}</c>, key of at least 32 characters without a colon. Probes need none; without keys everything else is answered 401.</summary>
    /// <value>nobody</value>
    public SecretOptions? Keys { get; set; }
}
