using System.ComponentModel.DataAnnotations;
using OzGateway.Identity;

namespace OzGateway.OzApi;

/// <summary>One account at Oz API.</summary>
internal sealed class OzApiOptions
{
    /// <summary>Address of Oz API: http or https, without the path <c>/api</c>. Exactly one.</summary>
    [Required]
    public List<Uri>? Destinations { get; set; }

    /// <summary>A long-lived token. Exactly one of token and login.</summary>
    public SecretOptions? Token { get; set; }

    /// <summary>A login, exchanged for tokens as they are needed. Exactly one of token and login.</summary>
    public OzLoginOptions? Login { get; set; }

    /// <summary>Unit of time filters at this Oz API.</summary>
    /// <value>seconds</value>
    public OzTimeUnit? TimeUnit { get; set; }

    /// <summary>How the Web Adapter hands checks to Oz: with <c>lite</c> (Instant API) Oz keeps no folders, and verdicts are <c>not_available</c>.</summary>
    /// <value>normal</value>
    public OzArchitecture? Architecture { get; set; }

    /// <summary>Tolerated difference between our clock and Oz's.</summary>
    /// <value>5m</value>
    [Range(typeof(TimeSpan), "0s", "1h")]
    public TimeSpan? ClockSkew { get; set; }

    /// <summary>Whole time of one call, retries included. When it passes, the verdict is <c>not_available</c> for now.</summary>
    /// <value>15s</value>
    [Range(typeof(TimeSpan), "1s", "2m")]
    public TimeSpan? Timeout { get; set; }
}
