using Microsoft.AspNetCore.Http.Features;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>Writes answers, whole or not.</summary>
internal sealed class AnswerWriter(TimeProvider time)
{
    public async Task WriteAsync(HttpContext context, Answer answer)
    {
        if (answer.Ending == AnswerEnding.Nothing)
        {
            context.Abort();
            return;
        }

        WriteHead(context.Response, answer);
        if (answer.Ending == AnswerEnding.Whole)
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
            return;
        }

        await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (answer.Ending == AnswerEnding.Stalled)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted);
        }

        context.Abort();
    }

    private static void WriteHead(HttpResponse response, Answer answer)
    {
        response.StatusCode = answer.Status;
        if (answer.ReasonPhrase is { } phrase)
        {
            response.HttpContext.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = phrase;
        }

        if (answer.ContentType is not null)
        {
            response.ContentType = answer.ContentType;
        }

        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.Append(name, value);
        }

        response.ContentLength = answer.Body.Length;
    }
}
