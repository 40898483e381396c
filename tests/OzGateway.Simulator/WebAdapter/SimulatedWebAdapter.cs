using System.Text.Json.Nodes;
using OzGateway.Simulator.Hosting;
using OzGateway.Simulator.Recording;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>The face browsers see.</summary>
internal sealed class SimulatedWebAdapter(
    Dialect dialect, CurrentScenario scenario, RequestRecorder recorder, AdapterChecks checks, AdapterSessions sessions, StaticFiles files, AnswerWriter writer)
{
    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["Server"] = "nginx";
        context.Response.Headers["X-Powered-By"] = "PHP/8.1.27";
        context.Response.Headers.AccessControlAllowOrigin = "*";
        // One scenario for the whole of a request, however long its upload or its delay takes.
        var now = scenario.Value;
        var number = recorder.Begin();
        var kind = Routes.KindOf(dialect, context.Request);
        if (kind == RequestKind.Submission && BreakageOf(now, AnswerKinds.Submissions) == Breakage.EarlyRefusal)
        {
            recorder.Record(context, number, kind, ReadBody.Unread);
            await AnswerAsync(context, now, AnswerKinds.Submissions, new Answer());
            return;
        }

        var body = await BodyReader.ReadAsync(context.Request, context.RequestAborted);
        if (kind is RequestKind.Submission or RequestKind.Poll)
        {
            await CheckAsync(context, now, number, AdapterCall.Parse(dialect, context.Request, kind, body), body);
            return;
        }

        recorder.Record(context, number, kind, body);
        await OtherAsync(context, now, kind);
    }

    private async Task CheckAsync(HttpContext context, Scenario now, long number, AdapterCall call, ReadBody body)
    {
        recorder.Record(context, number, call.Kind, body, call.Metadata, call.Session, call.Parts);
        if (!body.Complete)
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                await writer.WriteAsync(context, Answer.Error(StatusCodes.Status400BadRequest, "incomplete", "The upload has no end"));
            }

            return;
        }

        var answers = call.Kind == RequestKind.Poll ? AnswerKinds.Polls : AnswerKinds.Submissions;
        if (call.Refusal is { } refusal)
        {
            await writer.WriteAsync(context, refusal);
            return;
        }

        if (sessions.Find(call.Session) is not { } session)
        {
            await writer.WriteAsync(context, Answer.Error(StatusCodes.Status403Forbidden, "session_not_found", "Session not found"));
            return;
        }

        var folder = call.Kind == RequestKind.Poll ? checks.Poll(now, session) : checks.Submit(now, session, call);
        if (now.Delay is { } delay)
        {
            await checks.WaitAsync(delay, context.RequestAborted);
        }

        var result = ResultDocuments.Create(dialect, now.ResultMode, folder, session.EventSessionId);
        var text = BrokenResults.Write(dialect, result, BreakageOf(now, answers), now.Verdict);
        await AnswerAsync(context, now, answers, Answer.Json(text, dialect.ResultContentType));
    }

    private Task OtherAsync(HttpContext context, Scenario now, RequestKind kind) => kind switch
    {
        RequestKind.Script or RequestKind.Asset => files.WriteAsync(context, kind),
        RequestKind.Config => SessionAnswerAsync(context, now, SessionDocuments.Config()),
        RequestKind.Init => InitAsync(context, now),
        RequestKind.Telemetry => AnswerAsync(context, now, AnswerKinds.Telemetry, Answer.Json("{\"status\":\"ok\"}")),
        RequestKind.Preflight => PreflightAsync(context),
        RequestKind.Secret => writer.WriteAsync(context, Secrets.Answer(context.Request.Path)),
        RequestKind.Unknown => writer.WriteAsync(context, new Answer { Status = StatusCodes.Status404NotFound, ContentType = null }),
        _ => throw new InvalidOperationException($"Request kind '{kind}' has no answer."),
    };

    private Task InitAsync(HttpContext context, Scenario now)
    {
        var session = sessions.Open();
        if (dialect.SessionCarrier == SessionCarrier.Cookie)
        {
            context.Response.Headers.SetCookie = $"{dialect.SessionName}={session}; path={context.Request.PathBase}/; HttpOnly; SameSite=Lax";
        }

        return SessionAnswerAsync(context, now, SessionDocuments.Init(dialect, session));
    }

    private Task SessionAnswerAsync(HttpContext context, Scenario now, JsonObject document)
    {
        var text = BrokenResults.Document(document.ToJsonString(), BreakageOf(now, AnswerKinds.Sessions), now.Verdict);
        return AnswerAsync(context, now, AnswerKinds.Sessions, Answer.Json(text, dialect.SessionContentType));
    }

    private Task PreflightAsync(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        context.Response.Headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        return writer.WriteAsync(context, new Answer { ContentType = null });
    }

    private Task AnswerAsync(HttpContext context, Scenario now, AnswerKinds kind, Answer answer)
    {
        var broken = BrokenBytes.Break(answer, BreakageOf(now, kind), now.Verdict);
        return writer.WriteAsync(context, (kind & AnswerKinds.Results) != 0 ? Encodings.Encode(broken, now.Encoding) : broken);
    }

    private static Breakage BreakageOf(Scenario now, AnswerKinds kind) => (now.BreakageOn & kind) != 0 ? now.Breakage : Breakage.None;
}
