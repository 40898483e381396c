using OzGateway.Attempts;
using OzGateway.Capacity;
using OzGateway.Configuration.Reading;
using OzGateway.Edge;
using OzGateway.Forwarding;
using OzGateway.Identity;
using OzGateway.Problems;
using OzGateway.Projection;
using OzGateway.Transactions;

namespace OzGateway.Configuration;

/// <summary>Turns routes into policies: the role gives the policies, only the word <c>none</c> takes one away.</summary>
/// <param name="surroundings">What a route may name or inherit.</param>
/// <param name="positions">What the file itself says.</param>
/// <param name="errors">Where errors go.</param>
internal sealed class RouteReader(RouteSurroundings surroundings, Positions positions, ConfigurationErrors errors)
{
    private const string DefaultBudget = "default";
    private const string None = "none";

    /// <summary>Reads one route; null where it is in error.</summary>
    /// <param name="route">The route as written.</param>
    /// <param name="path">Where it stands.</param>
    public RoutePolicy? Read(RouteOptions route, string path)
    {
        RouteRole role = route.Role ?? RouteRole.Result;
        string? id = errors.Require(route.Id, $"{path}.id", "check");
        if (id is not null && !TextShapes.IsName(id))
        {
            errors.Add($"{path}.id", ConfigurationCode.BadText, $"is not a name for a route. Allowed: {TextShapes.NameRule}.");
        }

        RouteMatch match = RouteMatch.Create(route.Match, role, path, errors);
        if (errors.AnyAt($"{path}.role"))
        {
            // What a route may have is judged by its role, and that could not be read.
            return null;
        }

        UpstreamPolicy? upstream = ReadUpstream(route, role, path);
        CallPolicy? call = surroundings.Call?.For(role, route.SubmissionTypes, path, errors);
        UserKeyPolicy? userKey = ReadUserKey(route, role, path);
        AttemptPolicy? attempts = ReadAttempts(route, role, path);
        TransactionPolicy? transaction = ReadTransaction(route, role, path);
        if (transaction is not null && call is { SubmissionTypes: { Count: > 0 } types } && types.All(type => type == "application/octet-stream"))
        {
            errors.Add($"{path}.submission_types", ConfigurationCode.Contradiction, "lists application/octet-stream alone: such a body passes byte for byte, and no transaction id can be set in it. List the types that hold metadata, or write 'transaction: none' on the route.");
        }

        object?[] further = [ReadProjection(route, role, path), ReadSessionAnswers(route, role, path), ReadCapacity(route, role, path), .. RouteForwarding.Read(route, role, path, errors)];
        return errors.AnyAt(path) || call is null ? null : new RoutePolicy
        {
            Id = id!,
            Paths = match.Paths,
            Methods = match.Methods,
            Upstream = upstream,
            Call = call,
            UserKey = userKey,
            Attempts = transaction is null ? attempts : attempts?.WithUploads(transaction.Uploads),
            Transaction = transaction,
            Further = [.. further.OfType<object>()],
        };
    }

    private UpstreamPolicy? ReadUpstream(RouteOptions route, RouteRole role, string path)
    {
        string at = $"{path}.upstream";
        if (role == RouteRole.Blocked)
        {
            errors.RefuseWritten(route.Upstream, role, at);
            return null;
        }

        string? name = errors.Require(route.Upstream, at, "web_adapter");
        if (name is null || surroundings.Upstreams.TryGetValue(name, out UpstreamPolicy? upstream))
        {
            return name is null ? null : surroundings.Upstreams[name];
        }

        string[] known = [.. surroundings.Upstreams.Keys];
        errors.Add(at, ConfigurationCode.UnknownName, $"is {YamlPath.Quote(name)}, which is no Web Adapter under upstreams.{Suggestion.Sentence(name, known)} Defined: {string.Join(", ", known)}.");
        return null;
    }

    private UserKeyPolicy? ReadUserKey(RouteOptions route, RouteRole role, string path)
    {
        string at = $"{path}.user_key";
        if (!role.IsUsers())
        {
            errors.RefuseWritten(route.UserKey, role, at);
            return null;
        }

        if (route.UserKey is null)
        {
            return surroundings.UserKey;
        }

        if (role.IsSubmitted() && (route.Attempts is not { IsNone: true } || route.Transaction is not { IsNone: true }))
        {
            errors.Add(at, ConfigurationCode.Contradiction, "is none, but attempts and transactions belong to a user. Take it away, or write also 'attempts: none' and 'transaction: none'.");
        }

        errors.Warn(at, ConfigurationCode.SwitchedOff, "is none: calls of this route need no user.");
        return null;
    }

    private AttemptPolicy? ReadAttempts(RouteOptions route, RouteRole role, string path)
    {
        string at = $"{path}.attempts";
        if (!Has(route.Attempts, role.IsSubmitted(), role, at, "is none: attempts on this route are not limited."))
        {
            return null;
        }

        return route.Attempts is null
            ? surroundings.Attempts
            : Inherit(AttemptPresets.Beneath(surroundings.Options.Attempts ?? new(), route.Attempts.Section!), route.Attempts.Section!, surroundings.Attempts,
                (merged, found) => AttemptPolicy.Create(merged, at, Changes(route.Attempts.Section!) ? route.Id ?? DefaultBudget : DefaultBudget, found));
    }

    private TransactionPolicy? ReadTransaction(RouteOptions route, RouteRole role, string path)
    {
        string at = $"{path}.transaction";
        if (!Has(route.Transaction, role.IsSubmitted(), role, at, "is none: submissions of this route carry no transaction id of the gateway, and no verdict will be found for them."))
        {
            return null;
        }

        if (route.Transaction?.Section?.Path is not null)
        {
            errors.Add($"{at}.path", ConfigurationCode.Contradiction, "has no place on a route. Write it in the section transaction.");
        }

        TransactionPolicy? policy = route.Transaction is null
            ? surroundings.Transaction
            : Inherit(surroundings.Options.Transaction, route.Transaction.Section!, surroundings.Transaction, (merged, found) => TransactionPolicy.Create(merged, at, found));
        if (policy is { Metadata.Count: 0 })
        {
            errors.Add($"{at}.metadata", ConfigurationCode.Missing, "is missing: without a place for metadata no transaction id reaches the adapter. Write for example 'metadata: [{ json: \"$.meta\" }]', or 'transaction: none' on the route.");
        }

        if (positions.IsWritten($"{at}.claims"))
        {
            policy?.CheckTokens(surroundings.UserKey, at, errors);
        }

        if (policy is not null && surroundings.Transaction is not null && policy.TransactionKey != surroundings.Transaction.TransactionKey)
        {
            errors.Add($"{at}.set", ConfigurationCode.Contradiction, "sets another key to transaction_id than the section transaction does. Verdicts are found by one key.");
        }

        return policy;
    }

    private ProjectionPolicy? ReadProjection(RouteOptions route, RouteRole role, string path)
    {
        string at = $"{path}.projection";
        if (route.Projection is { IsNone: true } && (role.IsProjected() || role == RouteRole.Session))
        {
            errors.Add(at, ConfigurationCode.UnprotectedResults, "is none: results are never unprotected. Take it away; a path that carries no results has another role.");
            return null;
        }

        if (!role.IsProjected())
        {
            if (role != RouteRole.Session)
            {
                errors.RefuseWritten(route.Projection, role, at);
            }

            return null;
        }

        return route.Projection?.Section is not { } own
            ? surroundings.Projection
            : Inherit(surroundings.Options.Projection, own, surroundings.Projection, (merged, found) => ProjectionPolicy.Create(merged, at, surroundings.Sensitive, found));
    }

    private SessionAnswerPolicy? ReadSessionAnswers(RouteOptions route, RouteRole role, string path)
    {
        if (role != RouteRole.Session)
        {
            return null;
        }

        return route.Projection?.Section is not { } own
            ? surroundings.SessionAnswers
            : Inherit(surroundings.Options.Projection, own, surroundings.SessionAnswers, (merged, found) => SessionAnswerPolicy.Create(merged, $"{path}.projection", found));
    }

    private CapacityPolicy? ReadCapacity(RouteOptions route, RouteRole role, string path)
    {
        string at = $"{path}.capacity";
        if (role == RouteRole.Blocked)
        {
            errors.RefuseWritten(route.Capacity, role, at);
            return null;
        }

        if (route.Capacity is null)
        {
            return null;
        }

        if (route.Capacity == None)
        {
            errors.Warn(at, ConfigurationCode.SwitchedOff, "is none: calls of this route are not limited.");
            return null;
        }

        if (!surroundings.Capacities.TryGetValue(route.Capacity, out CapacityPolicy? capacity))
        {
            string[] known = [.. surroundings.Capacities.Keys, None];
            errors.Add(at, ConfigurationCode.UnknownName, $"is {YamlPath.Quote(route.Capacity)}, which is not defined under capacity.{Suggestion.Sentence(route.Capacity, known)} Defined: {string.Join(", ", known)}.");
        }

        return capacity;
    }

    private bool Has<T>(SectionOptions<T>? section, bool roleHasIt, RouteRole role, string path, string warning)
        where T : class
    {
        if (!roleHasIt)
        {
            errors.RefuseWritten(section, role, path);
        }
        else if (section is { IsNone: true })
        {
            errors.Warn(path, ConfigurationCode.SwitchedOff, warning);
        }

        return roleHasIt && section is not { IsNone: true };
    }

    private TPolicy? Inherit<TOptions, TPolicy>(TOptions? defaults, TOptions own, TPolicy? inherited, Func<TOptions, ConfigurationErrors, TPolicy?> create)
        where TOptions : class, new()
    {
        // What is wrong in the inherited section has been said there; it is not said again for each route.
        ConfigurationErrors found = new(around: errors);
        TPolicy? policy = create(OptionsMerge.Over(defaults ?? new(), own), found);
        errors.AddFrom(found, error => inherited is not null || positions.IsWritten(error.Path), warning => positions.IsWritten(warning.Path));
        return policy;
    }

    private static bool Changes(object section) => section.GetType().GetProperties().Any(property => property.GetValue(section) is not null);
}
