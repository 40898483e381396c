namespace OzGateway.Edge;

/// <summary>Why the edge refuses a request. The word stands in the log and in the metric.</summary>
internal enum EdgeRefusal
{
    /// <summary>CONNECT or TRACE, or small letters.</summary>
    Method,

    /// <summary>The wish to change the protocol.</summary>
    Upgrade,

    /// <summary>Two readers could see the end of the body in different places, or a call over HTTP/2 brings headers of HTTP/1.1 connections.</summary>
    Framing,

    /// <summary>A target that is not a path.</summary>
    TargetForm,

    /// <summary>A character, an escape or a segment in the path that readers understand differently.</summary>
    Path,

    /// <summary>The same in the query.</summary>
    Query,

    /// <summary>A name of a header that is no token.</summary>
    HeaderName,

    /// <summary>A header that decides something and stands there twice.</summary>
    DuplicateHeader,

    /// <summary>A Host, or :authority, that is no name with an optional port.</summary>
    Host,

    /// <summary>A Host that is not served here.</summary>
    HostUnknown,

    /// <summary>A routed path in other letters, or with a slash too many.</summary>
    Spelling,

    /// <summary>A file that no wildcard reaches.</summary>
    HiddenFile,
}
