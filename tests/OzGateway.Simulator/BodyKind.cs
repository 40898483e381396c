namespace OzGateway.Simulator;

/// <summary>In which form a submission travels.</summary>
public enum BodyKind
{
    /// <summary><c>multipart/form-data</c>.</summary>
    Multipart,

    /// <summary><c>application/json</c> with the media in base64.</summary>
    Json,

    /// <summary><c>application/x-www-form-urlencoded</c> with the media in base64.</summary>
    Form,

    /// <summary><c>application/octet-stream</c>: an opaque container, whose metadata nobody on the way can read.</summary>
    Container,
}
