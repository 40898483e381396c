using System.Collections.Frozen;
using OzGateway.Telemetry;

namespace OzGateway.Forwarding;

/// <summary>How the heads of calls are built, by upstream: nothing is copied, both are made anew from allow-lists.</summary>
internal sealed class CallHeads(ForwardingPlan plan, CookieWatch cookies, TraceExport export)
{
    private readonly FrozenDictionary<string, (RequestHead Request, AnswerPassage Answer)> _heads = plan.Upstreams.ToFrozenDictionary(
        upstream => upstream.Key,
        upstream => (new RequestHead(upstream.Value, plan.PublicPrefix, export), new AnswerPassage(upstream.Value, plan.PublicPrefix, cookies)),
        StringComparer.Ordinal);

    /// <summary>Those of one upstream.</summary>
    public (RequestHead Request, AnswerPassage Answer) Of(UpstreamPolicy upstream) => _heads[upstream.Name];
}
