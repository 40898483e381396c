using OzGateway.Identity;
using OzGateway.Verdicts;

namespace OzGateway.Hosting;

/// <summary>The port of the customer's backend and who may knock there.</summary>
internal sealed class BackendDoorOptions : CertificateDoorOptions
{
    /// <summary>Keys of the backend: lines of <c>name:key</c> or <c>name:key:right,right</c>, <c>#</c> begins a comment. Name <c>[a-z0-9_-]{1,64}</c>, key of at least 32 characters without a colon, rights <c>read</c> (default), <c>issue</c>, <c>any_user</c>, <c>scores</c> and <c>media</c>. Several may be valid at once; a changed file is taken up within a second. Without keys everyone is answered 401.</summary>
    /// <value>nobody</value>
    public SecretOptions? Keys { get; set; }

    /// <summary>Client certificates that stand for a caller where no key came along. Needs <c>client_certificate</c>.</summary>
    /// <value>none</value>
    public List<BackendCertificateOptions>? Certificates { get; set; }
}
