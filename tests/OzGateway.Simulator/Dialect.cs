using OzGateway.Simulator.Dialects;

namespace OzGateway.Simulator;

/// <summary>How a Web Adapter spells its protocol: none of it is published, so each of these is a guess that a client must be able to change.</summary>
public sealed partial record Dialect
{
    /// <summary>What the dialect is called: <c>default</c>, <c>contrary</c>, <c>random:SEED</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The paths.</summary>
    public required DialectPaths Paths { get; init; }

    /// <summary>The method of a poll: <c>GET</c> or <c>POST</c>.</summary>
    public required string PollMethod { get; init; }

    /// <summary>The forms a submission may have.</summary>
    public required IReadOnlyList<BodyKind> Bodies { get; init; }

    /// <summary>Where <c>meta</c> sits in a multipart.</summary>
    public required MetadataPlace MultipartMetadata { get; init; }

    /// <summary>Where <c>meta</c> sits in JSON.</summary>
    public required MetadataPlace JsonMetadata { get; init; }

    /// <summary>Where <c>meta</c> sits in a form.</summary>
    public required MetadataPlace FormMetadata { get; init; }

    /// <summary>The metadata key of the transaction, <c>transaction_id</c> by convention.</summary>
    public required string TransactionIdKey { get; init; }

    /// <summary>The metadata key of the person, <c>end_user_id</c> by convention.</summary>
    public required string EndUserIdKey { get; init; }

    /// <summary>The name of media parts and fields, and of the member that lists media in JSON.</summary>
    public required string MediaName { get; init; }

    /// <summary>How the adapter's session travels.</summary>
    public required SessionCarrier SessionCarrier { get; init; }

    /// <summary>The name of the member, field, part, cookie, header or query parameter that carries it.</summary>
    public required string SessionName { get; init; }

    /// <summary>The members that lead to the session's id in the answer that opens it.</summary>
    public required IReadOnlyList<string> InitSessionPath { get; init; }

    /// <summary>The member of a result that holds its state.</summary>
    public required string StateMember { get; init; }

    /// <summary>The state's word while a check runs.</summary>
    public required string ProcessingWord { get; init; }

    /// <summary>The state's word when it is done, however it ended.</summary>
    public required string FinishedWord { get; init; }

    /// <summary>The member of a result that holds the folder's id.</summary>
    public required string FolderIdMember { get; init; }

    /// <summary>The member of a result that holds the analyses by type.</summary>
    public required string AnalysesMember { get; init; }

    /// <summary>Where in an answer the result sits.</summary>
    public required ResultWrapper Wrapper { get; init; }

    /// <summary>The wrapper's member; null for wrappers without one.</summary>
    public string? WrapperMember { get; init; }

    /// <summary>The content type of result answers.</summary>
    public required string ResultContentType { get; init; }

    /// <summary>The content type of the configuration and of the answer that opens a session.</summary>
    public required string SessionContentType { get; init; }

    /// <summary>The likeliest guess: <c>/request.php</c> for submissions and polls, <c>meta</c> in plain sight, nothing wrapped.</summary>
    public static Dialect Default => DefaultDialect.Create();

    /// <summary>Unlike the default in every respect.</summary>
    public static Dialect Contrary => ContraryDialect.Create();

    /// <summary>A valid dialect of made-up words; the same seed gives the same one.</summary>
    /// <param name="seed">The seed.</param>
    public static Dialect Random(int seed) => RandomDialect.Create(seed);

    /// <summary>The dialect of that name, or null: <c>default</c>, <c>contrary</c>, <c>random:SEED</c>.</summary>
    /// <param name="name">The name.</param>
    public static Dialect? Named(string name) => name switch
    {
        "default" => Default,
        "contrary" => Contrary,
        _ when name.StartsWith("random:", StringComparison.Ordinal)
            && int.TryParse(name["random:".Length..], System.Globalization.CultureInfo.InvariantCulture, out var seed) => Random(seed),
        _ => null,
    };

    /// <summary>Every word of the dialect: paths whole, names, members and state words. In a random dialect none is a word of any language.</summary>
    public IReadOnlyList<string> Words =>
    [
        .. AllNames().OfType<string>()
            .Select(static word => word.Replace("*", "", StringComparison.Ordinal).Trim('[', ']'))
            .Where(static word => word.Length > 0)
            .Distinct(),
    ];

    private List<string?> AllNames() =>
    [
        Paths.Script, Paths.Config, Paths.Init, Paths.Submit, Paths.Poll, .. Paths.Telemetry, .. Paths.AssetFolders,
        MultipartMetadata.Name, .. MultipartMetadata.Path, .. JsonMetadata.Path, FormMetadata.Name, .. FormMetadata.Path,
        TransactionIdKey, EndUserIdKey, MediaName, SessionName, .. InitSessionPath,
        StateMember, ProcessingWord, FinishedWord, FolderIdMember, AnalysesMember, WrapperMember,
    ];
}
