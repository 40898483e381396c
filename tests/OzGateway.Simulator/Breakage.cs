namespace OzGateway.Simulator;

/// <summary>What goes wrong in an answer of the Web Adapter. <see cref="Scenario.BreakageOn"/> says in which answers.</summary>
public enum Breakage
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>200 with a page of HTML.</summary>
    Html,

    /// <summary>200 with a page of HTML that carries the answer's JSON in a script element.</summary>
    HtmlWithJson,

    /// <summary>200 with text that is not JSON but names verdict and score.</summary>
    NotJson,

    /// <summary>JSON that stops in the middle; the HTTP message is whole.</summary>
    Truncated,

    /// <summary>The announced length is never reached: the connection is cut in the middle of the body.</summary>
    CutConnection,

    /// <summary>The connection is cut before the first byte of an answer.</summary>
    NoAnswer,

    /// <summary>Half of the body is sent, then nothing more until the client goes.</summary>
    Stalled,

    /// <summary>The answer with a member of 8 MiB behind it.</summary>
    Oversized,

    /// <summary>The answer with a member nested 1000 deep.</summary>
    TooDeep,

    /// <summary>500 with a JSON body that tells score, folder and address of the media.</summary>
    ErrorStatus500WithDetails,

    /// <summary>302 whose <c>Location</c> carries folder id and resolution.</summary>
    Redirect,

    /// <summary>The state stands twice in one object: first the word for processing, then the true one.</summary>
    DuplicateState,

    /// <summary>The state is the verdict's word in lower case (<c>declined</c>, <c>success</c>).</summary>
    VerdictAsState,

    /// <summary>The answer without its state.</summary>
    MissingState,

    /// <summary>The state is an object.</summary>
    StateNotString,

    /// <summary>The answer with a member no document names, which tells the verdict.</summary>
    UnknownMember,

    /// <summary>Verdict and score stand outside the wrapper, beside the result (inside it where there is no wrapper).</summary>
    LeakBesideResult,

    /// <summary>Headers, a cookie and a reason phrase that tell the verdict.</summary>
    ExtraHeaders,

    /// <summary>The right JSON as <c>image/png</c>.</summary>
    WrongContentType,

    /// <summary>The right JSON without a content type.</summary>
    NoContentType,

    /// <summary>A string in the JSON that is not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>A second JSON document, which tells the verdict, behind the first.</summary>
    TrailingDocument,

    /// <summary>200 with an empty body.</summary>
    EmptyBody,

    /// <summary>503 on the request's head; its body is not read.</summary>
    EarlyRefusal,

    /// <summary>The answer with an <c>access_token</c> and an <c>api_token</c> in it.</summary>
    LeakToken,
}
