using OzGateway.Edge;
using OzGateway.Problems;

namespace OzGateway.Configuration;

/// <summary>Finds routes with one id, and routes that mean the same call.</summary>
internal static class RouteTwins
{
    /// <summary>Adds an error for each second route with an id, and for each call that two routes mean.</summary>
    /// <param name="routes">All routes as written.</param>
    /// <param name="errors">Where errors go.</param>
    public static void Check(IReadOnlyList<RouteOptions> routes, ConfigurationErrors errors)
    {
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        Dictionary<(string Method, string Shape), int> calls = [];
        for (int index = 0; index < routes.Count; index++)
        {
            string path = $"routes[{index}]";
            if (routes[index].Id is { } id && !ids.TryAdd(id, index))
            {
                errors.Add($"{path}.id", ConfigurationCode.Duplicate, $"is the id of routes[{ids[id]}] as well. Give each route its own.");
            }

            if (!errors.AnyAt($"{path}.match"))
            {
                CheckCalls(routes[index], index, calls, errors);
            }
        }
    }

    private static void CheckCalls(RouteOptions route, int index, Dictionary<(string Method, string Shape), int> calls, ConfigurationErrors errors)
    {
        RouteMatch match = RouteMatch.Create(route.Match, route.Role ?? RouteRole.Result, "", new ConfigurationErrors());
        for (int position = 0; position < match.Paths.Count; position++)
        {
            string shape = RouteMatch.Shape(match.Paths[position]);
            string? twice = match.Methods.FirstOrDefault(method => !calls.TryAdd((method, shape), index));
            if (twice is not null)
            {
                errors.Add($"routes[{index}].match.paths[{position}]", ConfigurationCode.Duplicate, $"is meant by routes[{calls[(twice, shape)]}] as well ({twice}). One call belongs to one route.");
            }
        }
    }
}
