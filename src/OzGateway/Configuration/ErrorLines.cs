using System.Globalization;
using OzGateway.Configuration.Reading;
using OzGateway.Problems;

namespace OzGateway.Configuration;

/// <summary>Errors and warnings as lines, in the order of the file: <c>gateway.yaml:14:23: error OZG1103: attempts.windows[0].window is '10', which has no unit. ...</c></summary>
internal static class ErrorLines
{
    /// <summary>All errors.</summary>
    /// <param name="fileName">Name of the file.</param>
    /// <param name="positions">Positions in it.</param>
    /// <param name="errors">The errors.</param>
    public static IReadOnlyList<string> Errors(string fileName, Positions positions, ConfigurationErrors errors) => Print(fileName, "error", positions, errors.All);

    /// <summary>All warnings.</summary>
    /// <param name="fileName">Name of the file.</param>
    /// <param name="positions">Positions in it.</param>
    /// <param name="errors">The warnings.</param>
    public static IReadOnlyList<string> Warnings(string fileName, Positions positions, ConfigurationErrors errors) => Print(fileName, "warning", positions, errors.Warnings);

    private static string[] Print(string fileName, string severity, Positions positions, IReadOnlyList<ConfigurationError> errors) =>
    [
        .. errors
            .Select(error => (Error: error, At: error.At ?? positions.Find(error.Path)))
            .OrderBy(entry => entry.At.Line).ThenBy(entry => entry.At.Column)
            .Select(entry => string.Create(
                CultureInfo.InvariantCulture,
                $"{fileName}:{entry.At.Line}:{entry.At.Column}: {severity} OZG{(int)entry.Error.Code}: {(entry.Error.Path.Length > 0 ? entry.Error.Path : "The file")} {entry.Error.Message}")),
    ];
}
