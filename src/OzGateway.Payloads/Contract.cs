namespace OzGateway.Payloads;

#pragma warning disable CS1591, SA1402, CA1815 // the room's contract until the room lands
public sealed class MemberPath { public static bool TryParse(string text, out MemberPath? path, out string? error) { path = null; error = text; return false; } }
public sealed record PayloadLimits { public int MaxDocumentBytes { get; init; } = 4 << 20; public int MaxDepth { get; init; } = 64; public int MaxHeldBytes { get; init; } = 64 << 10; public int MaxParts { get; init; } = 1000; }
public enum ResultShape { Safe, Status, Folder }
public sealed record KeptMember(MemberPath Member, System.Text.RegularExpressions.Regex Pattern);
public sealed record ProjectionRules { public required IReadOnlyList<MemberPath> Wrappers { get; init; } public string StateMember { get; init; } = "state"; public IReadOnlyList<string> ProcessingWords { get; init; } = []; public IReadOnlyList<string> FinishedWords { get; init; } = []; public ResultShape Shape { get; init; } public IReadOnlyList<KeptMember> Keep { get; init; } = []; }
public sealed class SensitiveNames { public SensitiveNames(IEnumerable<string> names) { } }
public sealed record InjectionTarget { public static InjectionTarget Json(MemberPath path) => new(); public static InjectionTarget Part(string name, MemberPath? inside = null) => new(); public static InjectionTarget PartPerKey(string pattern) => new(); public static InjectionTarget Field(string name, MemberPath? inside = null) => new(); public static InjectionTarget FieldPerKey(string pattern) => new(); }
#pragma warning restore CS1591, SA1402, CA1815
