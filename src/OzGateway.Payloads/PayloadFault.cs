namespace OzGateway.Payloads;

/// <summary>What is wrong with the bytes. A closed list: each fault has one name, and none carries content.</summary>
public enum PayloadFault
{
    /// <summary>Not JSON as RFC 8259 writes it, a byte order mark included.</summary>
    MalformedJson,

    /// <summary>Not UTF-8, or an escape that is half of a surrogate pair.</summary>
    InvalidUtf8,

    /// <summary>Longer than a bound of <see cref="PayloadLimits"/>.</summary>
    TooLarge,

    /// <summary>Nested deeper than a bound of <see cref="PayloadLimits"/>.</summary>
    TooDeep,

    /// <summary>Ends before its structure does.</summary>
    Truncated,

    /// <summary>Bytes follow the end of the document.</summary>
    SurplusBytes,

    /// <summary>A member that matters stands twice in one object, however it is spelled.</summary>
    DuplicateMember,

    /// <summary>No wrapper holds a state, or one of several results has none.</summary>
    MissingState,

    /// <summary>The state is not a string, not a known word, or several results disagree.</summary>
    InvalidState,

    /// <summary>A kept member is not a string or does not match its pattern.</summary>
    KeptMemberInvalid,

    /// <summary>A sensitive name occurs.</summary>
    SensitiveMember,

    /// <summary>Not multipart/form-data as the one canonical reader accepts it.</summary>
    MalformedMultipart,

    /// <summary>Not application/x-www-form-urlencoded as the one canonical reader accepts it.</summary>
    MalformedForm,

    /// <summary>A charset other than UTF-8 or US-ASCII.</summary>
    UnsupportedCharset,

    /// <summary>A part whose transfer encoding is not 7bit, 8bit or binary.</summary>
    UnsupportedEncoding,

    /// <summary>A place for metadata occurs twice, or in two spellings that some servers read as one.</summary>
    AmbiguousTarget,

    /// <summary>The client sent another value for a key that the gateway sets, and the rules refuse that.</summary>
    ForeignValue,

    /// <summary>The place for metadata holds something other than an object.</summary>
    TargetNotAnObject,

    /// <summary>More parts or fields than <see cref="PayloadLimits.MaxParts"/>.</summary>
    TooManyParts,

    /// <summary>A key of the gateway is given a value that cannot be removed: <c>{"name":"transaction_id","value":"x"}</c>, or deep in a long text.</summary>
    HiddenKey,

    /// <summary>A value of metadata that may be kept is too long, of other characters, or not one text, number or word.</summary>
    MetadataInvalid,

    /// <summary>The rules name no place for metadata in a body of this kind.</summary>
    NoTarget,
}
