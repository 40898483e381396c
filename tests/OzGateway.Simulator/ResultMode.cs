namespace OzGateway.Simulator;

/// <summary>How much the Web Adapter tells the browser, as the vendor's setting <c>result_mode</c>.</summary>
public enum ResultMode
{
    /// <summary>The state alone.</summary>
    Safe,

    /// <summary>The state and each analysis' state and resolution.</summary>
    Status,

    /// <summary>As <see cref="Status"/>, and the folder's id.</summary>
    Folder,

    /// <summary>While running as <see cref="Status"/>; afterwards everything: scores, ids, times, media addresses.</summary>
    Full,
}
