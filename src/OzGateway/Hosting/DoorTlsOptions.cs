using OzGateway.Identity;

namespace OzGateway.Hosting;

/// <summary>TLS of a door. Files are looked at every second; renewed ones serve new connections without a restart. What cannot be used leaves the old certificate in place, with one warning.</summary>
internal sealed class DoorTlsOptions
{
    /// <summary>PEM: the certificate of the door first, then its intermediates. Expired, or not valid yet, at start: an error.</summary>
    public SecretOptions? Certificate { get; set; }

    /// <summary>PEM: the private key, RSA or elliptic curve, not encrypted.</summary>
    public SecretOptions? Key { get; set; }
}
