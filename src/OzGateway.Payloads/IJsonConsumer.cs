namespace OzGateway.Payloads;

/// <summary>What a value is, as far as its first byte says.</summary>
internal enum JsonKind : byte
{
    Object,
    Array,
    String,

    /// <summary>A number, true, false or null.</summary>
    Other,
}

/// <summary>How much of a value somebody wants to know. All of it is validated in any case.</summary>
internal enum JsonTake : byte
{
    /// <summary>Nothing.</summary>
    Skip,

    /// <summary>The members of an object, or the elements of an array.</summary>
    Enter,

    /// <summary>The text of a string, unescaped, piece by piece.</summary>
    Text,
}

/// <summary>Who listens to a <see cref="StrictJsonReader"/>. The level says which reader speaks: JSON in a string has a reader of its own.</summary>
internal interface IJsonConsumer
{
    /// <summary>A value begins.</summary>
    JsonTake Begin(int level, JsonKind kind, long offset);

    /// <summary>The name of the next member of an entered object, unescaped; empty and not whole when it is too long to be anybody's.</summary>
    void Name(int level, ReadOnlySpan<byte> name, bool isWhole, long offset);

    /// <summary>The next piece of a text.</summary>
    void Text(int level, ReadOnlySpan<byte> piece);

    /// <summary>A text is over.</summary>
    void EndText(int level, long offset);

    /// <summary>An entered object or array is over.</summary>
    void End(int level);
}
