using System.Text.Json;
using System.Text.Json.Serialization;

namespace OzGateway.OzApi;

/// <summary>A folder as Oz API shows it: one submission. Only the documented members; unknown ones are noise.</summary>
internal sealed record OzFolder
{
    /// <summary>Id of the folder.</summary>
    public string? FolderId { get; init; }

    /// <summary>INITIAL, PROCESSING, FAILED or FINISHED.</summary>
    public string? ResolutionStatus { get; init; }

    /// <summary>INITIAL, PROCESSING, FAILED, DECLINED, OPERATOR_REQUIRED or SUCCESS.</summary>
    public string? SystemResolution { get; init; }

    /// <summary>Metadata of the folder; a value may be of any kind.</summary>
    public IReadOnlyDictionary<string, JsonElement>? MetaData { get; init; }

    /// <summary>Analyses of the folder.</summary>
    public IReadOnlyList<OzAnalysis>? Analyses { get; init; }

    /// <summary>Media of the folder, in whatever shape: an odd one costs its details, not the verdict.</summary>
    public JsonElement? Media { get; init; }

    /// <summary>UNIX time in seconds, whole or fractional.</summary>
    public double? TimeCreated { get; init; }

    /// <summary>UNIX time in seconds, whole or fractional.</summary>
    public double? TimeUpdated { get; init; }
}

/// <summary>One analysis of a folder.</summary>
internal sealed record OzAnalysis
{
    /// <summary>Its id by the newer name.</summary>
    public string? AnalysisId { get; init; }

    /// <summary>Its id by the older name.</summary>
    public string? AnalyseId { get; init; }

    /// <summary>QUALITY, BIOMETRY, COLLECTION or DOCUMENTS.</summary>
    public string? Type { get; init; }

    /// <summary>PROCESSING, FAILED or FINISHED.</summary>
    public string? State { get; init; }

    /// <summary>The newer name of the outcome.</summary>
    public string? ResolutionStatus { get; init; }

    /// <summary>The older name of the outcome.</summary>
    public string? Resolution { get; init; }

    /// <summary>Thresholds, in whatever shape.</summary>
    public JsonElement? Confs { get; init; }

    /// <summary>Scores and fields of the whole analysis, in whatever shape.</summary>
    public JsonElement? ResultsData { get; init; }

    /// <summary>Scores and images by medium, in whatever shape.</summary>
    public JsonElement? ResultsMedia { get; init; }
}

/// <summary>A page of folders.</summary>
internal sealed record OzFolderPage
{
    /// <summary>Folders of this page.</summary>
    public IReadOnlyList<OzFolder>? Items { get; init; }

    /// <summary>How many folders one page holds at most, where Oz says so.</summary>
    public int? Limit { get; init; }

    /// <summary>How many folders there are on all pages, where Oz says so.</summary>
    public long? Total { get; init; }
}

/// <summary>A list of analyses.</summary>
internal sealed record OzAnalysisPage
{
    /// <summary>The analyses.</summary>
    public IReadOnlyList<OzAnalysis>? Items { get; init; }
}

/// <summary>Login of an account.</summary>
/// <param name="Credentials">E-mail and password.</param>
internal sealed record OzLogin(OzCredentials Credentials);

/// <summary>E-mail and password.</summary>
/// <param name="Email">Login name.</param>
/// <param name="Password">Password.</param>
internal sealed record OzCredentials(string Email, string Password);

/// <summary>Asks for a new pair of tokens in place of an old one.</summary>
/// <param name="ExpireToken">The second token of the old pair.</param>
internal sealed record OzRefresh(string ExpireToken);

/// <summary>Answer to a login or a refresh.</summary>
internal sealed record OzSession
{
    /// <summary>Goes into the token header.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Buys the next pair.</summary>
    public string? ExpireToken { get; init; }

    /// <summary>When the access token ends if it is not used, UNIX seconds on Oz's clock.</summary>
    public double? ExpireDate { get; init; }
}

/// <summary>What Oz API says when it refuses.</summary>
internal sealed record OzError
{
    /// <summary>6, 7 and 8 are about the token, but only together with the status.</summary>
    public int? ErrorCode { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 64, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(OzFolderPage))]
[JsonSerializable(typeof(IReadOnlyList<OzFolder>))]
[JsonSerializable(typeof(OzAnalysisPage))]
[JsonSerializable(typeof(IReadOnlyList<OzAnalysis>))]
[JsonSerializable(typeof(OzLogin))]
[JsonSerializable(typeof(OzRefresh))]
[JsonSerializable(typeof(OzSession))]
[JsonSerializable(typeof(OzError))]
internal sealed partial class OzJson : JsonSerializerContext;
