namespace OzGateway.Payloads;

/// <summary>What a reader of JSON expects next, or what it is in.</summary>
internal enum JsonStep : byte
{
    Value,
    FirstElement,
    FirstName,
    Name,
    Colon,
    After,
    Done,
    Text,
    Number,
    Literal,
}

/// <summary>The three words of JSON.</summary>
internal static class JsonWords
{
    public static readonly byte[] True = "true"u8.ToArray();
    public static readonly byte[] False = "false"u8.ToArray();
    public static readonly byte[] Null = "null"u8.ToArray();
}
