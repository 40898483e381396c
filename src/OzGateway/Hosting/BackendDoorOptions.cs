using OzGateway.Identity;

namespace OzGateway.Hosting;

/// <summary>The port of the customer's backend and who may knock there.</summary>
internal sealed class BackendDoorOptions : DoorOptions
{
    /// <summary>Keys of the backend: lines of <c>name:key</c> or <c>name:key:right,right</c>, <c>#</c> begins a comment. Name <c>[a-z0-9_-]{1,64}</c>, key of at least 32 characters without a colon, rights <c>read</c> (default) and <c>any_user</c>. Without keys everyone is answered 401.</summary>
    /// <value>nobody</value>
    public SecretOptions? Keys { get; set; }

    /// <summary>Certificates of clients, demanded in the handshake, beside the keys. Needs <c>tls</c>.</summary>
    public ClientCertificateOptions? ClientCertificate { get; set; }
}
