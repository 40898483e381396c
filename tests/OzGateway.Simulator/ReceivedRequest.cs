namespace OzGateway.Simulator;

/// <summary>One request as it came in.</summary>
public sealed record ReceivedRequest
{
    /// <summary>Parts beyond this size are kept as length and SHA-256 only: 1 MiB.</summary>
    public const int KeptPartBytes = 1024 * 1024;

    /// <summary>JSON and form bodies beyond this size are parsed but not kept in <see cref="Body"/>: 4 MiB.</summary>
    public const int KeptTextBytes = 4 * 1024 * 1024;

    /// <summary>Its place in the order in which requests began, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Which half of Oz was called.</summary>
    public required Face Face { get; init; }

    /// <summary>What the request is.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The path as sent, not decoded.</summary>
    public required string Path { get; init; }

    /// <summary>The query as sent, with its question mark; empty if there is none.</summary>
    public required string Query { get; init; }

    /// <summary>All header fields, one pair per field. The server does not keep the order of different names.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The body's exact bytes without chunk framing. Left out are the bytes of parts beyond <see cref="KeptPartBytes"/> and JSON and forms beyond <see cref="KeptTextBytes"/>.</summary>
    public required byte[] Body { get; init; }

    /// <summary>How many body bytes came in, kept or not.</summary>
    public required long BodyLength { get; init; }

    /// <summary>SHA-256 of all body bytes that came in, in lower-case hex.</summary>
    public required string BodySha256 { get; init; }

    /// <summary>The parts in order; empty for a body that has none.</summary>
    public required IReadOnlyList<ReceivedPart> Parts { get; init; }

    /// <summary>The metadata the adapter understood in its dialect; of a key that came twice, the last value. Empty in a container.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The adapter session the request named, if any.</summary>
    public string? AdapterSession { get; init; }

    /// <summary>False when the client broke off, or a multipart came without its end.</summary>
    public required bool Complete { get; init; }

    /// <summary>The value of a metadata key as the adapter understood it, or null.</summary>
    /// <param name="key">The key.</param>
    public string? Meta(string key) => Metadata.GetValueOrDefault(key);

    /// <summary>The first value of a header, or null.</summary>
    /// <param name="name">The header's name; case does not matter.</param>
    public string? Header(string name) => Headers
        .Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
        .Select(static header => header.Value)
        .FirstOrDefault();

    /// <summary>The body as UTF-8 text.</summary>
    public string BodyText => System.Text.Encoding.UTF8.GetString(Body);
}
