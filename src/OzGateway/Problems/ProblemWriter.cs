using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace OzGateway.Problems;

/// <summary>The one writer of problems.</summary>
internal static class ProblemWriter
{
    /// <summary>Answers with a problem. Headers set before stay, but for those that describe another body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="problem">What to say.</param>
    /// <param name="retryAfter">For 429 and 503: how long to wait, rounded up to whole seconds, at least 1.</param>
    public static Task WriteProblemAsync(this HttpContext context, GatewayProblem problem, TimeSpan? retryAfter = null)
    {
        var row = ProblemTable.Of(problem);
        context.Features.Set(new ProblemFeature(problem));
        var response = context.Response;
        response.StatusCode = row.Status;
        response.ContentType = "application/problem+json";
        response.ContentLength = row.Body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        response.Headers.Remove(HeaderNames.ContentEncoding);
        response.Headers.Remove(HeaderNames.ETag);
        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = Seconds(wait).ToString(CultureInfo.InvariantCulture);
        }

        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(row.Body, context.RequestAborted).AsTask();
    }

    private static long Seconds(TimeSpan wait) => Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
}
