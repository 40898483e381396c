using OzGateway.Transactions;

namespace OzGateway.Forwarding;

/// <summary>Puts one call to the adapter under its deadline, and sees to it that what is not a mere reading is sent at most once.</summary>
internal sealed class AdapterCallHandler : DelegatingHandler
{
    /// <summary>Where a request carries its deadline. Probes carry none, and polls keep to theirs themselves.</summary>
    public static readonly HttpRequestOptionsKey<DeadlineFeature> Deadline = new("ozgateway.deadline");

    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Options.TryGetValue(Deadline, out var deadline) ? SendAsync(request, deadline, cancellationToken) : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, DeadlineFeature deadline, CancellationToken cancellationToken)
    {
        // The client below repeats a request that had no body when an idle connection turns out to be closed. It never does once a body,
        // if only an empty one, was begun.
        if (request.Content is null && request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
        {
            request.Content = new ByteArrayContent([]);
        }

        if (request.Content is { } body)
        {
            request.Content = new RequestBodyContent(body, request.Options.TryGetValue(SentBody.Option, out var sent) ? sent : null, deadline);
        }
        else
        {
            deadline.RequestSent();
        }

        var answer = await base.SendAsync(request, cancellationToken);
        deadline.AnswerBegan();
        answer.Content = new AnswerContent(answer.Content, deadline);
        return answer;
    }
}
