namespace OzGateway.Benchmarks.Compare;

/// <summary>One kind of call that is compared.</summary>
internal sealed record CompareCase
{
    /// <summary>As named on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>Calls in one window: about a second of plain YARP on one core.</summary>
    public required int Requests { get; init; }

    /// <summary>Connections, each with one call in flight.</summary>
    public required int Connections { get; init; }

    /// <summary>What the adapter answers.</summary>
    public required byte[] AdapterAnswer { get; init; }

    /// <summary>What must arrive through the gateway.</summary>
    public required byte[] SafeAnswer { get; init; }

    /// <summary>A submission; otherwise a poll.</summary>
    public bool IsUpload { get; init; }

    /// <summary>Every case.</summary>
    public static IReadOnlyList<CompareCase> All() =>
    [
        new()
        {
            Name = "poll-6k", Requests = 12_000, Connections = 16,
            AdapterAnswer = ResultDocument.Full(ResultDocument.Plain), SafeAnswer = """{"state":"finished"}"""u8.ToArray(),
        },
        new()
        {
            Name = "poll-190k", Requests = 4_000, Connections = 16,
            AdapterAnswer = ResultDocument.Full(ResultDocument.Large), SafeAnswer = """{"state":"finished"}"""u8.ToArray(),
        },
        new()
        {
            Name = "upload-2m", Requests = 240, Connections = 4, IsUpload = true,
            AdapterAnswer = """{"state":"processing","analyses":{"quality":{"state":"processing","resolution":""}}}"""u8.ToArray(),
            SafeAnswer = """{"state":"processing"}"""u8.ToArray(),
        },
    ];
}
