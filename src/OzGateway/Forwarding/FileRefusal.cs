namespace OzGateway.Forwarding;

/// <summary>Why a file of the adapter does not pass. The word stands in the log and in the metric.</summary>
internal enum FileRefusal
{
    /// <summary>The adapter does not have it, or does not show it.</summary>
    NotFound,

    /// <summary>It is none of the media types that pass.</summary>
    Type,

    /// <summary>The adapter sends the browser elsewhere.</summary>
    Redirect,

    /// <summary>Any other status.</summary>
    Status,

    /// <summary>Its content is not one of those that are pinned.</summary>
    Pin,
}
