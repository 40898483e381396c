namespace OzGateway.Problems;

/// <summary>Stable codes of configuration errors, printed as <c>OZG1103</c>. 10xx reading, 11xx values, 12xx meaning, 13xx warnings.</summary>
internal enum ConfigurationCode
{
    /// <summary>The file cannot be read: absent, not permitted, larger than 1 MiB, or not UTF-8.</summary>
    FileUnreadable = 1001,

    /// <summary>The file is not YAML.</summary>
    Syntax = 1002,

    /// <summary>The file holds no document, or one that is not a mapping.</summary>
    FileEmpty = 1003,

    /// <summary>The file holds several documents.</summary>
    SeveralDocuments = 1004,

    /// <summary>An anchor or an alias. Everything is written where it holds.</summary>
    Anchor = 1005,

    /// <summary>A tag. Types come from the key.</summary>
    Tag = 1006,

    /// <summary>A merge key. Everything is written where it holds.</summary>
    MergeKey = 1007,

    /// <summary>A key that stands twice in one mapping.</summary>
    DuplicateKey = 1008,

    /// <summary>A key that does not exist here.</summary>
    UnknownKey = 1009,

    /// <summary>A mapping, a list or a single value where another of them is needed.</summary>
    WrongShape = 1010,

    /// <summary>A key that is itself a list or a mapping.</summary>
    ComplexKey = 1011,

    /// <summary>More than 32 levels of nesting.</summary>
    TooDeep = 1012,

    /// <summary>Neither <c>true</c> nor <c>false</c>.</summary>
    NotBoolean = 1101,

    /// <summary>Not a whole number.</summary>
    NotNumber = 1102,

    /// <summary>Not a duration with a unit.</summary>
    NotDuration = 1103,

    /// <summary>Not a size with a unit.</summary>
    NotSize = 1104,

    /// <summary>A word that is not one of those allowed.</summary>
    UnknownWord = 1105,

    /// <summary>Less or more than allowed.</summary>
    OutOfRange = 1106,

    /// <summary>Not an address of the needed kind.</summary>
    BadAddress = 1107,

    /// <summary>A secret written into the file.</summary>
    InlineSecret = 1108,

    /// <summary>A secret whose file or variable is absent or empty.</summary>
    SecretAbsent = 1109,

    /// <summary>A secret that is too short or cannot be used.</summary>
    SecretUnusable = 1110,

    /// <summary>Not a path, or not a pattern of one.</summary>
    BadPath = 1111,

    /// <summary>Text that does not have the needed form.</summary>
    BadText = 1112,

    /// <summary>A key without a value.</summary>
    NoValue = 1113,

    /// <summary>Not the path of a JSON member.</summary>
    BadMember = 1114,

    /// <summary>A regular expression that cannot be used.</summary>
    BadPattern = 1115,

    /// <summary>A certificate or its key that cannot be used.</summary>
    BadCertificate = 1116,

    /// <summary>A required key is missing.</summary>
    Missing = 1201,

    /// <summary>Exactly one of several keys is needed.</summary>
    ExactlyOne = 1202,

    /// <summary>The same thing twice.</summary>
    Duplicate = 1203,

    /// <summary>A name that is defined nowhere.</summary>
    UnknownName = 1204,

    /// <summary>A setting that weakens a protection and lacks the <c>dangerous_</c> key that admits it.</summary>
    NeedsDangerousKey = 1205,

    /// <summary>Two settings that contradict each other.</summary>
    Contradiction = 1206,

    /// <summary>A section that the role of the route does not have.</summary>
    NoPlaceInRole = 1207,

    /// <summary>Results without projection.</summary>
    UnprotectedResults = 1208,

    /// <summary>Sources of a user that cannot name one.</summary>
    BadSources = 1209,

    /// <summary>Algorithms that do not fit the key.</summary>
    BadAlgorithms = 1210,

    /// <summary>A sensitive member may never leave.</summary>
    SensitiveMember = 1211,

    /// <summary>Something is switched off by the word <c>none</c>.</summary>
    SwitchedOff = 1301,

    /// <summary>A <c>dangerous_</c> key is set.</summary>
    Dangerous = 1302,

    /// <summary>Keys are made at start and die with the process.</summary>
    EphemeralKeys = 1303,

    /// <summary>Users are told apart by their address only.</summary>
    ClientAddress = 1304,

    /// <summary>A promise cannot be kept because a section is missing.</summary>
    NotAvailable = 1305,

    /// <summary>A secret is absent on this machine (only when checking).</summary>
    SecretNotHere = 1306,

    /// <summary>A default protection was narrowed.</summary>
    Narrowed = 1307,
}
