using Microsoft.AspNetCore.Routing.Matching;

namespace OzGateway.Hosting;

/// <summary>A knock at the wrong door is 404, before anything is spent: the endpoint does not match there.</summary>
internal sealed class DoorMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <inheritdoc />
    public override int Order => int.MinValue;

    /// <inheritdoc />
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => true;

    /// <inheritdoc />
    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var door = httpContext.Features.Get<DoorFeature>()?.Door;
        for (var index = 0; index < candidates.Count; index++)
        {
            // An endpoint without a door, and a connection without one, match nothing: doors are not forgotten by accident.
            if (candidates[index].Endpoint?.Metadata.GetMetadata<RequiredDoor>() is not { } required || required.Door != door)
            {
                candidates.SetValidity(index, false);
            }
        }

        return Task.CompletedTask;
    }
}
