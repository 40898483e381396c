namespace OzGateway.Hosting;

/// <summary>A port that may ask its clients for certificates.</summary>
internal class CertificateDoorOptions : DoorOptions
{
    /// <summary>Certificates of clients, demanded in the handshake: at the backend's door beside the keys, at the public door for the source <c>mtls</c> of a user. Needs <c>tls</c>.</summary>
    public ClientCertificateOptions? ClientCertificate { get; set; }
}
