namespace OzGateway.Payloads;

/// <summary>One place where metadata may sit in a submission.</summary>
public sealed record InjectionTarget
{
    private const string KeyPlace = "{key}";

    private InjectionTarget(InjectionTargetKind kind, string? name, MemberPath? path)
    {
        Kind = kind;
        Name = name;
        Path = path;
    }

    internal InjectionTargetKind Kind { get; }

    internal string? Name { get; }

    internal MemberPath? Path { get; }

    /// <summary>An object in a JSON body.</summary>
    /// <param name="path">Where; without <c>[*]</c>.</param>
    public static InjectionTarget Json(MemberPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(InjectionTargetKind.Json, null, Checked(path));
    }

    /// <summary>A part of a multipart body that holds a JSON object.</summary>
    /// <param name="name">The name of the part, compared exactly.</param>
    /// <param name="inside">Where in that object, without <c>[*]</c>; by default the object itself.</param>
    public static InjectionTarget Part(string name, MemberPath? inside = null) =>
        new(InjectionTargetKind.Part, Checked(name), Checked(inside ?? MemberPath.Root));

    /// <summary>A part per key in a multipart body.</summary>
    /// <param name="pattern">The name of the part with <c>{key}</c> once, for example <c>meta[{key}]</c>.</param>
    public static InjectionTarget PartPerKey(string pattern) => new(InjectionTargetKind.PartPerKey, CheckedPattern(pattern), null);

    /// <summary>A field of a form that holds a JSON object.</summary>
    /// <param name="name">The name of the field, compared exactly.</param>
    /// <param name="inside">Where in that object, without <c>[*]</c>; by default the object itself.</param>
    public static InjectionTarget Field(string name, MemberPath? inside = null) =>
        new(InjectionTargetKind.Field, Checked(name), Checked(inside ?? MemberPath.Root));

    /// <summary>A field per key in a form.</summary>
    /// <param name="pattern">The name of the field with <c>{key}</c> once, for example <c>meta[{key}]</c>.</param>
    public static InjectionTarget FieldPerKey(string pattern) => new(InjectionTargetKind.FieldPerKey, CheckedPattern(pattern), null);

    internal string NameFor(string key) => Name!.Replace(KeyPlace, key, StringComparison.Ordinal);

    internal bool Matches(ReadOnlySpan<char> name)
    {
        var place = Name!.IndexOf(KeyPlace, StringComparison.Ordinal);
        var before = Name.AsSpan(0, place);
        var after = Name.AsSpan(place + KeyPlace.Length);
        return name.Length >= before.Length + after.Length && name.StartsWith(before, StringComparison.Ordinal) && name.EndsWith(after, StringComparison.Ordinal);
    }

    /// <summary>The key in a name that <see cref="Matches"/>.</summary>
    internal ReadOnlySpan<char> KeyIn(ReadOnlySpan<char> name)
    {
        var place = Name!.IndexOf(KeyPlace, StringComparison.Ordinal);
        return name[place..^(Name.Length - place - KeyPlace.Length)];
    }

    private static string CheckedPattern(string pattern)
    {
        Checked(pattern);
        var place = pattern.IndexOf(KeyPlace, StringComparison.Ordinal);
        if (place < 0 || pattern.IndexOf(KeyPlace, place + 1, StringComparison.Ordinal) >= 0 || pattern.Length == KeyPlace.Length)
        {
            throw new ArgumentException("The pattern must hold '{key}' exactly once and something beside it, for example 'meta[{key}]'.", nameof(pattern));
        }

        return pattern;
    }

    private static string Checked(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.AsSpan().ContainsAny('"', '\\') || name.AsSpan().ContainsAnyInRange('\0', '\u001f') || name.Contains('\u007f', StringComparison.Ordinal))
        {
            throw new ArgumentException("The name of a part or field must not hold quotes, backslashes or control characters.", nameof(name));
        }

        return name;
    }

    private static MemberPath Checked(MemberPath path) =>
        path.HasEveryElement ? throw new ArgumentException("A place for metadata is one object: '[*]' is not allowed.", nameof(path)) : path;
}
