using System.ComponentModel.DataAnnotations;

namespace OzGateway.Edge;

/// <summary>What a browser is told about a page that the gateway serves. At least one of the keys besides routes.</summary>
internal sealed class PageOptions
{
    /// <summary>Ids of the static routes that serve the page.</summary>
    [Required]
    public List<string>? Routes { get; set; }

    /// <summary>Who may use the camera on the page: the word <c>self</c>, or origins of frames in it. Sent as Permissions-Policy.</summary>
    /// <value>not sent</value>
    public List<string>? Camera { get; set; }

    /// <summary>The Content-Security-Policy of the page, without frame-ancestors.</summary>
    /// <value>not sent</value>
    public string? ContentSecurityPolicy { get; set; }

    /// <summary>Who may show the page in a frame: the word <c>self</c>, or origins. An empty list: nobody. Sent in the Content-Security-Policy.</summary>
    /// <value>not sent</value>
    public List<string>? FrameAncestors { get; set; }
}
