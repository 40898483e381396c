namespace OzGateway.Simulator;

/// <summary>What goes wrong in Oz API. Calls under <c>/api/authorize/</c> are spared except where said.</summary>
public enum OzApiBreakage
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>500 with error 0.</summary>
    Error500,

    /// <summary>503 with error 11.</summary>
    Unavailable,

    /// <summary>The first call under this scenario is refused with 401, error 8; the same token is good afterwards.</summary>
    ExpiredTokenOnce,

    /// <summary>Every token that was good when the scenario was set is refused with 401, error 8; a new login helps.</summary>
    ExpiredToken,

    /// <summary>Every token is refused with 401, error 7.</summary>
    InvalidToken,

    /// <summary>Login and refresh are refused with 401.</summary>
    LoginRefused,

    /// <summary>Every call is refused with 403, error 9.</summary>
    Forbidden,

    /// <summary>Only PATCH is refused with 403, error 9.</summary>
    PatchForbidden,

    /// <summary>Answers come after <see cref="Scenario.OzApiDelay"/>, or 5 s if that is not set.</summary>
    Slow,

    /// <summary>200 with a page of HTML.</summary>
    Html,

    /// <summary>JSON that stops in the middle.</summary>
    Truncated,

    /// <summary>The connection is cut before an answer.</summary>
    NoAnswer,

    /// <summary>The folder list is a bare array, as in old versions.</summary>
    BareArray,

    /// <summary>The folder list never holds more than one item, whatever the limit: the rest is on further pages.</summary>
    SecondPage,

    /// <summary>Folders are held but not shown: empty lists, 404 by id.</summary>
    NoFolder,

    /// <summary>Each listed folder is listed a second time with an id of its own.</summary>
    DuplicateFolder,

    /// <summary>The list ignores the metadata filter and begins with a successful folder of another transaction.</summary>
    ForeignFolder,

    /// <summary>Analyses carry <c>analyse_id</c> instead of <c>analysis_id</c>; times are whole seconds.</summary>
    LegacyAnalyseId,

    /// <summary>Folders are shown without any analysis.</summary>
    NoAnalyses,

    /// <summary>Folders are shown with a <c>resolution_status</c> and <c>system_resolution</c> nobody has documented.</summary>
    UnknownResolution,

    /// <summary>Time filters are read as milliseconds instead of seconds.</summary>
    MillisecondFilters,
}
