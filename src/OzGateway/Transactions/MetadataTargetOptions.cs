namespace OzGateway.Transactions;

/// <summary>One place where metadata may sit: a JSON body (<c>json</c> alone), a part of a multipart body, or a field of a form.</summary>
internal sealed class MetadataTargetOptions
{
    /// <summary>Path of the member that holds the metadata, for example <c>$.meta</c>: in the body, or inside the part or field.</summary>
    public string? Json { get; set; }

    /// <summary>Name of a multipart part. With <c>{key}</c> in the name there is a part per key, for example <c>meta[{key}]</c>.</summary>
    public string? Part { get; set; }

    /// <summary>Name of a form field. With <c>{key}</c> in the name there is a field per key.</summary>
    public string? Field { get; set; }
}
