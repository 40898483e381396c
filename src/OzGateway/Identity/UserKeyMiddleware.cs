using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>Finds the verified user of a request, and the ticket that came along.</summary>
internal sealed class UserKeyMiddleware(RequestDelegate next, UserKeySources sources, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<UserKeyPolicy>() is not { } policy)
        {
            return next(context);
        }

        var brought = TicketTransport.Read(context, policy, time.GetUtcNow());
        var finding = brought.IsDoubled ? new(UserKeyResult.Refused) : sources.FindAsync(context, policy, brought.Ticket is not null);
        return finding.IsCompletedSuccessfully ? GoOnAsync(context, (policy, brought), finding.Result) : FindAsync(context, (policy, brought), finding);
    }

    private async Task FindAsync(HttpContext context, (UserKeyPolicy Policy, TicketReading Brought) asked, ValueTask<UserKeyResult> finding) =>
        await GoOnAsync(context, asked, await finding);

    private Task GoOnAsync(HttpContext context, (UserKeyPolicy Policy, TicketReading Brought) asked, UserKeyResult found)
    {
        var (policy, brought) = asked;
        switch (found.Outcome)
        {
            case UserKeyOutcome.Unavailable:
                return context.WriteProblemAsync(GatewayProblem.IdentityUnavailable);
            case UserKeyOutcome.Refused:
            case UserKeyOutcome.Missing when brought.Ticket is null:
                // One answer for all: who tries tokens learns nothing from it.
                return context.WriteProblemAsync(GatewayProblem.UserKeyMissing);
            case UserKeyOutcome.Missing when !brought.OriginMatches:
                // Pinned to the page it was issued to: in the hands of another it vouches for nobody.
                return context.WriteProblemAsync(GatewayProblem.TransactionForeign);
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

        return next(context);
    }
}
