using Microsoft.AspNetCore.Routing.Patterns;
using OzGateway.Configuration.Reading;
using OzGateway.Edge;
using OzGateway.Problems;

namespace OzGateway.Configuration;

/// <summary>The calls a route means.</summary>
/// <param name="Paths">Path patterns.</param>
/// <param name="Methods">Upper-case methods.</param>
internal sealed record RouteMatch(IReadOnlyList<string> Paths, IReadOnlyList<string> Methods)
{
    private static readonly string[] AllMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>The calls that the options mean; without those that are in error.</summary>
    /// <param name="options">The section <c>match</c> as written.</param>
    /// <param name="role">Role of the route; gives the default methods.</param>
    /// <param name="path">Where the route stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static RouteMatch Create(MatchOptions? options, RouteRole role, string path, ConfigurationErrors errors)
    {
        if (errors.Require(options, $"{path}.match", "{ paths: [\"/check\"] }") is null)
        {
            return new RouteMatch([], []);
        }

        List<string> paths = errors.Require(options!.Paths, $"{path}.match.paths", "[\"/check\"]") ?? [];
        CheckPaths(paths, options.Paths is not null, $"{path}.match.paths", errors);
        CheckMethods(options.Methods, role, $"{path}.match.methods", errors);
        return new RouteMatch(paths, options.Methods is { } methods ? methods : DefaultMethods(role));
    }

    /// <summary>What makes two patterns the same to routing: names of parameters and case do not count.</summary>
    /// <param name="pattern">A valid pattern.</param>
    public static string Shape(string pattern) => string.Concat(RoutePatternFactory.Parse(pattern).PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(Shape))));

    private static string Shape(RoutePatternPart part) => part switch
    {
        RoutePatternParameterPart parameter => $"{{{(parameter.IsCatchAll ? "**" : "")}:{string.Join(':', parameter.ParameterPolicies.Select(policy => policy.Content))}}}",
        RoutePatternLiteralPart literal => literal.Content.ToUpperInvariant(),
        RoutePatternSeparatorPart separator => separator.Content,
        _ => throw new InvalidOperationException($"'{part.PartKind}' is no known part of a path pattern."),
    };

    private static void CheckPaths(List<string> paths, bool written, string at, ConfigurationErrors errors)
    {
        if (written && paths.Count == 0)
        {
            errors.Add(at, ConfigurationCode.OutOfRange, "is empty. Write at least one path, for example [\"/check\"].");
        }

        for (int index = 0; index < paths.Count; index++)
        {
            if (!IsPattern(paths[index]))
            {
                errors.Add($"{at}[{index}]", ConfigurationCode.BadPath, $"is {YamlPath.Quote(paths[index])}, which is not a path pattern. Write for example '/check' or '/plugin/{{**file}}': it begins with one slash, without query, '..' or '%'.");
            }
        }
    }

    private static bool IsPattern(string text)
    {
        if (!text.StartsWith('/') || text.Contains("//", StringComparison.Ordinal) || text.Contains("..", StringComparison.Ordinal) || text.AsSpan().IndexOfAny("?#%\\ ") >= 0 && !text.Contains('{', StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            RoutePatternFactory.Parse(text);
            return text.Length <= 256 && !text.Any(char.IsControl);
        }
        catch (RoutePatternException)
        {
            return false;
        }
    }

    private static void CheckMethods(List<string>? methods, RouteRole role, string at, ConfigurationErrors errors)
    {
        if (methods is { Count: 0 })
        {
            errors.Add(at, ConfigurationCode.OutOfRange, "is empty. Leave it out for the methods of the role.");
        }

        for (int index = 0; index < methods?.Count; index++)
        {
            if (!AllMethods.Contains(methods[index]))
            {
                errors.Add($"{at}[{index}]", ConfigurationCode.UnknownWord, $"is {YamlPath.Quote(methods[index])}.{Suggestion.Sentence(methods[index], AllMethods)} Allowed: {string.Join(", ", AllMethods)}.");
            }
            else if (role == RouteRole.Static && methods[index] is not ("GET" or "HEAD"))
            {
                errors.Add($"{at}[{index}]", ConfigurationCode.NoPlaceInRole, "has no place on a route of role static, which takes GET and HEAD.");
            }
        }
    }

    private static string[] DefaultMethods(RouteRole role) => role switch
    {
        RouteRole.Static => ["GET", "HEAD"],
        RouteRole.Telemetry or RouteRole.Submission or RouteRole.Exchange => ["POST"],
        RouteRole.Session or RouteRole.Result => ["GET", "POST"],
        RouteRole.Blocked => AllMethods,
        _ => throw new InvalidOperationException($"Role '{role}' has no methods."),
    };
}
