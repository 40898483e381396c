using System.ComponentModel.DataAnnotations;
using OzGateway.Identity;

namespace OzGateway.OzApi;

/// <summary>A login at Oz API.</summary>
internal sealed class OzLoginOptions
{
    /// <summary>E-mail address of the account.</summary>
    [Required]
    public string? Email { get; set; }

    /// <summary>Password of the account.</summary>
    [Required]
    public SecretOptions? Password { get; set; }
}
