using System.ComponentModel.DataAnnotations;

namespace OzGateway.Configuration;

/// <summary>Which calls a route means.</summary>
internal sealed class MatchOptions
{
    /// <summary>Path patterns of ASP.NET Core routing, for example <c>/check</c> or <c>/plugin/{**file}</c>.</summary>
    [Required]
    public List<string>? Paths { get; set; }

    /// <summary>Upper-case methods: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS.</summary>
    /// <value>by role: static GET, HEAD; telemetry, submission and exchange POST; session and result GET, POST; blocked all</value>
    public List<string>? Methods { get; set; }
}
