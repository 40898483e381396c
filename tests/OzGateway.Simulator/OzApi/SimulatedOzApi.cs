using OzGateway.Simulator.Hosting;
using OzGateway.Simulator.Recording;
using OzGateway.Simulator.WebAdapter;

namespace OzGateway.Simulator.OzApi;

/// <summary>The face backends see: everything under <c>/api/</c>.</summary>
internal sealed class SimulatedOzApi(
    CurrentScenario scenario, RequestRecorder recorder, OzApiAuthorization authorization, OzApiFolders folders, AnswerWriter writer, TimeProvider time)
{
    private static readonly TimeSpan SlowDelay = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(HttpContext context)
    {
        var number = recorder.Begin();
        var body = await BodyReader.ReadAsync(context.Request, context.RequestAborted);
        recorder.Record(context, number, RequestKind.OzApi, body);
        if (!body.Complete)
        {
            return;
        }

        var now = scenario.Value;
        if ((now.OzApiDelay ?? (now.OzApiBreakage == OzApiBreakage.Slow ? SlowDelay : default(TimeSpan?))) is { } delay)
        {
            await Task.Delay(delay, time, context.RequestAborted);
        }

        var path = context.Request.Path.Value!.TrimEnd('/');
        var answer = path.StartsWith("/api/authorize/", StringComparison.Ordinal)
            ? authorization.Answer(context.Request, path, body)
            : path == "/api/version" ? OzApiAnswer.Of("{\"core\":\"6.6.1\",\"tfss\":\"simulated\"}")
            : Guarded(context.Request, path, body, now.OzApiBreakage);
        await writer.WriteAsync(context, answer);
    }

    private Answer Guarded(HttpRequest request, string path, ReadBody body, OzApiBreakage breakage)
    {
        var broken = breakage switch
        {
            OzApiBreakage.Error500 => OzApiAnswer.Of(OzApiError.Unknown),
            OzApiBreakage.Unavailable => OzApiAnswer.Of(OzApiError.ExternalService),
            OzApiBreakage.Html => new Answer { ContentType = "text/html", Body = "<html><body>Bad gateway</body></html>"u8.ToArray() },
            OzApiBreakage.NoAnswer => new Answer { Ending = AnswerEnding.Nothing },
            _ => null,
        };
        if (broken is not null)
        {
            return broken;
        }

        if (authorization.Check(request) is { } refused)
        {
            return OzApiAnswer.Of(refused);
        }

        if (breakage == OzApiBreakage.Forbidden)
        {
            return OzApiAnswer.Of(OzApiError.Forbidden);
        }

        var answer = folders.Answer(request, path, body, breakage);
        return breakage == OzApiBreakage.Truncated ? answer with { Body = answer.Body[..(answer.Body.Length / 2)] } : answer;
    }
}
