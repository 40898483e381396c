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

        var brought = TicketTransport.Read(context, policy, time.GetUtcNow());
        var found = brought.IsDoubled ? UserKeyResult.Refused : await sources.FindAsync(context, policy, brought.Ticket is not null);
        switch (found.Outcome)
        {
            case UserKeyOutcome.Unavailable:
                await context.WriteProblemAsync(GatewayProblem.IdentityUnavailable);
                return;
            case UserKeyOutcome.Refused:
            case UserKeyOutcome.Missing when brought.Ticket is null:
                // One answer for all: who tries tokens learns nothing from it.
                await context.WriteProblemAsync(GatewayProblem.UserKeyMissing);
                return;
            case UserKeyOutcome.Missing when !brought.OriginMatches:
                // Pinned to the page it was issued to: in the hands of another it vouches for nobody.
                await context.WriteProblemAsync(GatewayProblem.TransactionForeign);
                return;
            case UserKeyOutcome.Missing:
                context.Features.Set(new UserKeyFeature(brought.Ticket.User, brought.Ticket, foreignTicket: false)
                {
                    VouchedUntil = brought.Ticket.ExpiresAt,
                    // A ticket does not say how the user was known: where addresses count, as little as possible is believed.
                    IsAnonymous = policy.Address is not null,
                });
                break;
            case UserKeyOutcome.Found:
                // A ticket never outvotes a verified user: after a change of user in one browser the old ticket names nobody.
                var own = brought is { Ticket: { } ticket, OriginMatches: true } && found.User!.Includes(ticket.User);
                context.Features.Set(new UserKeyFeature(found.User!, own ? brought.Ticket : null, brought.Ticket is not null && !own)
                {
                    IsAnonymous = found.IsAnonymous,
                    Group = found.Group,
                    Claims = found.Claims ?? ClaimValues.None,
                });
                break;
            default:
                throw new InvalidOperationException($"User key outcome '{found.Outcome}' has no answer.");
        }

        await next(context);
    }
}
