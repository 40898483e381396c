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

    /// <summary>UNIX time in seconds, whole or fractional.</summary>
    public double? TimeCreated { get; init; }

    /// <summary>UNIX time in seconds, whole or fractional.</summary>
    public double? TimeUpdated { get; init; }
}

/// <summary>One analysis of a folder.</summary>
internal sealed record OzAnalysis
{
    /// <summary>QUALITY, BIOMETRY, COLLECTION or DOCUMENTS.</summary>
    public string? Type { get; init; }

    /// <summary>PROCESSING, FAILED or FINISHED.</summary>
    public string? State { get; init; }

    /// <summary>The newer name of the outcome.</summary>
    public string? ResolutionStatus { get; init; }

    /// <summary>The older name of the outcome.</summary>
    public string? Resolution { get; init; }
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

/// <summary>Login of an account.</summary>
/// <param name="Credentials">E-mail and password.</param>
internal sealed record OzLogin(OzCredentials Credentials);

/// <summary>E-mail and password.</summary>
/// <param name="Email">Login name.</param>
/// <param name="Password">Password.</param>
internal sealed record OzCredentials(string Email, string Password);

/// <summary>Answer to a login.</summary>
internal sealed record OzSession
{
    /// <summary>Goes into the token header.</summary>
    public string? AccessToken { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 64)]
[JsonSerializable(typeof(OzFolderPage))]
[JsonSerializable(typeof(IReadOnlyList<OzFolder>))]
[JsonSerializable(typeof(OzLogin))]
[JsonSerializable(typeof(OzSession))]
internal sealed partial class OzJson : JsonSerializerContext;
