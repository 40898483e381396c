using OzGateway.Problems;

namespace OzGateway.Edge;

/// <summary>Serves the hosts that are listed, if any are.</summary>
internal sealed class HostMiddleware(RequestDelegate next, HostPolicy policy, EdgeRefusals refusals)
{
    public Task InvokeAsync(HttpContext context) =>
        policy.Serves(context.Request.Headers.Host.ToString()) ? next(context) : refusals.AnswerAsync(context, EdgeRefusal.HostUnknown, GatewayProblem.HostUnknown);
}
