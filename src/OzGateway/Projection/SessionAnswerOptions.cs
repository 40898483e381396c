using System.ComponentModel.DataAnnotations;

namespace OzGateway.Projection;

/// <summary>What of an answer on a session route may leave.</summary>
internal sealed class SessionAnswerOptions
{
    /// <summary>Largest answer that looks like JSON, decoded.</summary>
    /// <value>1MiB</value>
    [Range(typeof(long), "1KiB", "64MiB")]
    public long? MaxDocument { get; set; }

    /// <summary>Media types that may pass when the answer does not look like JSON.</summary>
    /// <value>text/javascript, application/javascript, text/css, text/plain, text/html</value>
    public List<string>? OtherTypes { get; set; }

    /// <summary>Member names that may not occur at any depth: an answer with one is 502. Leaving out a default name gives a warning.</summary>
    /// <value>access_token, expire_token, api_token, session_secret, password, X-Forensic-Access-Token, confidence_spoofing, results_media, system_resolution, original_url, folder_id</value>
    public List<string>? Sensitive { get; set; }
}
