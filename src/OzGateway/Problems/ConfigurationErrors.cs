namespace OzGateway.Problems;

/// <summary>All errors and warnings of one reading of the configuration, by path. Positions in the file are added by the reader that knows them.</summary>
/// <param name="around">Errors that were found before and count for <see cref="AnyAt"/>, or null.</param>
internal sealed class ConfigurationErrors(ConfigurationErrors? around = null)
{
    private readonly List<ConfigurationError> _errors = [];
    private readonly List<ConfigurationError> _warnings = [];

    /// <summary>What was found so far, in the order of finding.</summary>
    public IReadOnlyList<ConfigurationError> All => _errors;

    /// <summary>What an operator should read although it is allowed, in the order of finding.</summary>
    public IReadOnlyList<ConfigurationError> Warnings => _warnings;

    /// <summary>Whether anything was found.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>Adds an error and goes on. What a section means (OZG12xx) is not judged where something in it, or the section itself, could not be read.</summary>
    /// <param name="path">Where, for example <c>routes[0].attempts.windows[0].window</c>; empty for the file.</param>
    /// <param name="code">Stable code.</param>
    /// <param name="message">What is wrong, what is allowed, how to mend it: goes on after the path, or after "The file" ("is '10', which has no unit. ..."). No line break.</param>
    /// <param name="at">Position, where the finder knows it better than the path does.</param>
    public void Add(string path, ConfigurationCode code, string message, TextPosition? at = null)
    {
        if (!IsMeaning(code) || !(AnyAt(path) || AnyAround(path)))
        {
            _errors.Add(new ConfigurationError(path, code, message, at));
        }
    }

    /// <summary>Adds an error where a required value is missing, and hands the value on.</summary>
    /// <param name="value">The value as written.</param>
    /// <param name="path">Where it should stand.</param>
    /// <param name="example">An example of it.</param>
    public T? Require<T>(T? value, string path, string example)
    {
        if (value is null)
        {
            Add(path, ConfigurationCode.Missing, $"is missing. Write for example '{path[(path.LastIndexOf('.') + 1)..]}: {example}'.");
        }

        return value;
    }

    /// <summary>Adds a warning.</summary>
    /// <param name="path">Where; empty for the file.</param>
    /// <param name="code">Stable code.</param>
    /// <param name="message">Goes on after the path.</param>
    public void Warn(string path, ConfigurationCode code, string message) => _warnings.Add(new ConfigurationError(path, code, message, At: null));

    /// <summary>Whether an error was found at a path or beneath it.</summary>
    /// <param name="path">The path.</param>
    public bool AnyAt(string path) => _errors.Exists(error => IsWithin(error.Path, path)) || around?.AnyAt(path) == true;

    /// <summary>Takes over what another reading found.</summary>
    /// <param name="other">The other errors.</param>
    /// <param name="wantedErrors">Which of its errors.</param>
    /// <param name="wantedWarnings">Which of its warnings.</param>
    public void AddFrom(ConfigurationErrors other, Predicate<ConfigurationError> wantedErrors, Predicate<ConfigurationError> wantedWarnings)
    {
        _errors.AddRange(other._errors.FindAll(wantedErrors));
        _warnings.AddRange(other._warnings.FindAll(wantedWarnings));
    }

    private bool AnyAround(string path) =>
        _errors.Exists(error => error.Path.Length > 0 && IsWithin(path, error.Path)) || around?.AnyAround(path) == true;

    private static bool IsMeaning(ConfigurationCode code) => (int)code is >= 1200 and < 1300;

    private static bool IsWithin(string path, string ancestor) =>
        path.StartsWith(ancestor, StringComparison.Ordinal)
        && (path.Length == ancestor.Length || ancestor.Length == 0 || path[ancestor.Length] is '.' or '[');
}

/// <summary>One error or warning.</summary>
/// <param name="Path">Where.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What, allowed, how to mend.</param>
/// <param name="At">Position, if the finder knew it.</param>
internal sealed record ConfigurationError(string Path, ConfigurationCode Code, string Message, TextPosition? At);

/// <summary>A place in the file.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
internal readonly record struct TextPosition(int Line, int Column);
