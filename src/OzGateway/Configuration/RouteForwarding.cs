using OzGateway.Configuration.Reading;
using OzGateway.Edge;
using OzGateway.Forwarding;
using OzGateway.Problems;

namespace OzGateway.Configuration;

/// <summary>What a route says of its requests and files.</summary>
internal static class RouteForwarding
{
    /// <summary>Reads both sections.</summary>
    /// <param name="route">The route as written.</param>
    /// <param name="role">Its role.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static IEnumerable<object?> Read(RouteOptions route, RouteRole role, string path, ConfigurationErrors errors) =>
        [ReadFiles(route, role, $"{path}.files", errors), ReadPass(route, role, $"{path}.pass", errors)];

    /// <summary>Adds an error where something is written that the role does not have.</summary>
    /// <param name="errors">Where errors go.</param>
    /// <param name="value">What is written, or null.</param>
    /// <param name="role">The role.</param>
    /// <param name="path">Where it stands.</param>
    public static void RefuseWritten(this ConfigurationErrors errors, object? value, RouteRole role, string path)
    {
        if (value is not null)
        {
            errors.Add(path, ConfigurationCode.NoPlaceInRole, $"has no place on a route of role {OptionShape.Word(role)}. Take it away.");
        }
    }

    private static PluginFilePolicy? ReadFiles(RouteOptions route, RouteRole role, string path, ConfigurationErrors errors)
    {
        if (role is RouteRole.Static)
        {
            return PluginFilePolicy.Create(route.Files ?? new(), path, errors);
        }

        errors.RefuseWritten(route.Files, role, path);
        return null;
    }

    private static PassPolicy? ReadPass(RouteOptions route, RouteRole role, string path, ConfigurationErrors errors)
    {
        if (role is not RouteRole.Blocked)
        {
            return route.Pass is null ? null : PassPolicy.Create(route.Pass, path, errors);
        }

        errors.RefuseWritten(route.Pass, role, path);
        return null;
    }
}
