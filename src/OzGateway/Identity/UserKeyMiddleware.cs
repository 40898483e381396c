using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>Finds the verified user of a request, and the ticket that came along.</summary>
internal sealed class UserKeyMiddleware(RequestDelegate next, UserKeySources sources, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<UserKeyPolicy>() is not { } policy)
        {
            await next(context);
            return;
        }

        var hasTicket = TicketCookie.TryRead(context, policy, time.GetUtcNow(), out var ticket, out var originMatches);
        var found = await sources.FindAsync(context, policy, hasTicket);
        switch (found.Outcome)
        {
            case UserKeyOutcome.Unavailable:
                await context.WriteProblemAsync(GatewayProblem.IdentityUnavailable);
                return;
            case UserKeyOutcome.Missing when !hasTicket:
                await context.WriteProblemAsync(GatewayProblem.UserKeyMissing);
                return;
            case UserKeyOutcome.Missing:
                context.Features.Set(new UserKeyFeature(ticket!.User, originMatches ? ticket : null, !originMatches)
                {
                    // Nobody but the ticket names this user, and a ticket does not say how the user was known: where addresses count, as little as possible is believed.
                    IsAnonymous = policy.Sources.Any(source => source is ClientAddressSource),
                });
                break;
            case UserKeyOutcome.Found:
                // A ticket never outvotes a verified user: after a change of user in one browser the old ticket names nobody.
                var own = hasTicket && originMatches && ticket!.User.Equals(found.User);
                context.Features.Set(new UserKeyFeature(found.User!, own ? ticket : null, hasTicket && !own)
                {
                    IsAnonymous = found.IsAnonymous,
                    Group = found.Group,
                });
                break;
            default:
                throw new InvalidOperationException($"User key outcome '{found.Outcome}' has no answer.");
        }

        await next(context);
    }
}
