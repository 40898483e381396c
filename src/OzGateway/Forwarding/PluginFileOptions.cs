namespace OzGateway.Forwarding;

/// <summary>Files of the plugin. They pass byte for byte, with ranges, conditions and the adapter's own compression; its redirects and error pages do not.</summary>
internal sealed class PluginFileOptions
{
    /// <summary>Media types that pass, in lower case; <c>image/*</c> stands for a whole kind, <c>none</c> for a file without one. Any other is 502: a result in disguise leaves by no static route.</summary>
    /// <value>text/css, text/javascript, application/javascript, application/x-javascript, application/wasm, application/octet-stream, application/font-woff, application/font-woff2, application/vnd.ms-fontobject, font/*, image/*, audio/*, video/*</value>
    public List<string>? Types { get; set; }

    /// <summary><c>Cache-Control</c> of the files instead of the adapter's. A file that comes with a cookie of the session is never kept.</summary>
    /// <value>what the adapter says; where it says nothing, public, max-age=300</value>
    public string? CacheControl { get; set; }

    /// <summary>Digests of the only contents that the files of this route may have.</summary>
    /// <value>none</value>
    public FilePinOptions? Pin { get; set; }
}
