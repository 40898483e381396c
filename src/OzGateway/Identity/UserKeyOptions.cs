using System.ComponentModel.DataAnnotations;

namespace OzGateway.Identity;

/// <summary>Whose request it is: the sources that may name a user, and the secret that hashes and signs.</summary>
internal sealed class UserKeyOptions
{
    /// <summary>Secret of at least 32 bytes that hashes users and signs tickets and transaction ids. Without it a key is made at start: tickets and user keys die with the process.</summary>
    /// <value>made at start</value>
    public SecretOptions? HmacKey { get; set; }

    /// <summary>Secrets that hmac_key replaced, newest first, at most three. As long as one stands here, what was made under it is still read: tickets, transaction ids, transactions and attempts. Leave it for the longest of the attempts' windows and lockouts and read_within, then take it away; who was disabled until a reset is free again then.</summary>
    /// <value>none</value>
    public List<SecretOptions>? PreviousHmacKeys { get; set; }

    /// <summary>Where the user may come from; the first that is present and valid names the user. At least one besides the ticket, which names only a user known before.</summary>
    [Required]
    public List<UserKeySourceOptions>? Sources { get; set; }
}
