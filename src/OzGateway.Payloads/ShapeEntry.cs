namespace OzGateway.Payloads;

/// <summary>One place in a submission: its name, its kind and how much it held. Never a value.</summary>
/// <param name="Path">Names from the body inwards, joined by dots, <c>[]</c> for the elements of an array; <c>?</c> for what does not look like a name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="MediaType">Type and subtype that a part declares, or <see langword="null"/>.</param>
/// <param name="Bytes">Bytes of its content; 0 for objects, arrays and scalars.</param>
public sealed record ShapeEntry(string Path, ShapeKind Kind, string? MediaType, long Bytes)
{
    private const long Kibi = 1024;

    /// <summary>The entry without its size: what makes two shapes different.</summary>
    public string Outline =>
        $"{Path}: {Kind switch
        {
            ShapeKind.Text => "text",
            ShapeKind.File => "file",
            ShapeKind.Json => "json",
            ShapeKind.Members => "object",
            ShapeKind.Elements => "array",
            ShapeKind.Scalar => "scalar",
            _ => "opaque",
        }}{(MediaType is null ? "" : " " + MediaType)}";

    /// <summary>The entry with the order of its size.</summary>
    public override string ToString() => Kind is ShapeKind.Members or ShapeKind.Elements or ShapeKind.Scalar ? Outline : $"{Outline} {Order(Bytes)}";

    // A size could tell a value, an order of sizes cannot.
    private static string Order(long bytes) => bytes switch
    {
        0 => "empty",
        <= 64 => "<= 64 B",
        <= Kibi => "<= 1 KiB",
        <= 64 * Kibi => "<= 64 KiB",
        <= Kibi * Kibi => "<= 1 MiB",
        <= 16 * Kibi * Kibi => "<= 16 MiB",
        _ => "> 16 MiB",
    };
}
