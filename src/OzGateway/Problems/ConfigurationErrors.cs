namespace OzGateway.Problems;

/// <summary>All errors of one reading of the configuration, by path. Positions in the file are added by the reader that knows them.</summary>
internal sealed class ConfigurationErrors
{
    private readonly List<ConfigurationError> _errors = [];

    /// <summary>What was found so far, in the order of finding.</summary>
    public IReadOnlyList<ConfigurationError> All => _errors;

    /// <summary>Whether anything was found.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>Adds an error and goes on.</summary>
    /// <param name="path">Where, for example <c>routes[0].attempts.windows[0].window</c>; empty for the file.</param>
    /// <param name="code">Stable code, for example <c>OZG1103</c>.</param>
    /// <param name="message">What is wrong, what is allowed, how to mend it. One sentence or two, no line break.</param>
    public void Add(string path, string code, string message) => _errors.Add(new ConfigurationError(path, code, message));
}

/// <summary>One error.</summary>
/// <param name="Path">Where.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What, allowed, how to mend.</param>
internal sealed record ConfigurationError(string Path, string Code, string Message);
