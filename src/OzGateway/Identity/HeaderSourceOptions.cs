using System.ComponentModel.DataAnnotations;

namespace OzGateway.Identity;

/// <summary>A header that a listed proxy sets. From anyone else it is ignored.</summary>
internal sealed class HeaderSourceOptions
{
    /// <summary>Name of the header.</summary>
    [Required]
    public string? Name { get; set; }

    /// <summary>Networks the connection must come from, for example <c>10.0.0.0/8</c>. A network of all addresses is refused.</summary>
    [Required]
    public List<string>? TrustedProxies { get; set; }
}
