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
        var number = recorder.Begin();
        var kind = Routes.KindOf(dialect, context.Request);
        if (kind == RequestKind.Submission && Breaks(AnswerKinds.Submissions, Breakage.EarlyRefusal))
        {
            recorder.Record(context, number, kind, ReadBody.Unread);
            await AnswerAsync(context, AnswerKinds.Submissions, new Answer());
            return;
        }

        var body = await BodyReader.ReadAsync(context.Request, context.RequestAborted);
        if (kind is RequestKind.Submission or RequestKind.Poll)
        {
            await CheckAsync(context, number, kind, body);
            return;
        }

        recorder.Record(context, number, kind, body);
        await OtherAsync(context, kind);
    }

    private async Task CheckAsync(HttpContext context, long number, RequestKind kind, ReadBody body)
    {
        var call = AdapterCall.Parse(dialect, context.Request, kind, body);
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

        var folder = call.Kind == RequestKind.Poll ? checks.Poll(session) : checks.Submit(session, call);
        var now = scenario.Value;
        if (now.Delay is { } delay)
        {
            await checks.WaitAsync(delay, context.RequestAborted);
        }

        var result = ResultDocuments.Create(dialect, now.ResultMode, folder, session.EventSessionId);
        var broken = Breaks(answers) ? now.Breakage : Breakage.None;
        await AnswerAsync(context, answers, Answer.Json(BrokenResults.Write(dialect, result, broken, now.Verdict), dialect.ResultContentType));
    }

    private Task OtherAsync(HttpContext context, RequestKind kind) => kind switch
    {
        RequestKind.Script or RequestKind.Asset => files.WriteAsync(context, kind),
        RequestKind.Config => SessionAnswerAsync(context, SessionDocuments.Config(), dialect.SessionContentType),
        RequestKind.Init => InitAsync(context),
        RequestKind.Telemetry => AnswerAsync(context, AnswerKinds.Telemetry, Answer.Json("{\"status\":\"ok\"}")),
        RequestKind.Preflight => PreflightAsync(context),
        RequestKind.Secret => writer.WriteAsync(context, Secrets.Answer(context.Request.Path)),
        RequestKind.Unknown => writer.WriteAsync(context, new Answer { Status = StatusCodes.Status404NotFound, ContentType = null }),
        _ => throw new InvalidOperationException($"Request kind '{kind}' has no answer."),
    };

    private Task InitAsync(HttpContext context)
    {
        var session = sessions.Open();
        if (dialect.SessionCarrier == SessionCarrier.Cookie)
        {
            context.Response.Headers.SetCookie = $"{dialect.SessionName}={session}; path=/; HttpOnly; SameSite=Lax";
        }

        return SessionAnswerAsync(context, SessionDocuments.Init(dialect, session), dialect.SessionContentType);
    }

    private Task SessionAnswerAsync(HttpContext context, JsonObject document, string contentType)
    {
        var now = scenario.Value;
        var broken = Breaks(AnswerKinds.Sessions) ? now.Breakage : Breakage.None;
        return AnswerAsync(context, AnswerKinds.Sessions, Answer.Json(BrokenResults.Document(document.ToJsonString(), broken, now.Verdict), contentType));
    }

    private Task PreflightAsync(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        context.Response.Headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        return writer.WriteAsync(context, new Answer { ContentType = null });
    }

    private Task AnswerAsync(HttpContext context, AnswerKinds kind, Answer answer)
    {
        var now = scenario.Value;
        var broken = Breaks(kind) ? BrokenBytes.Break(answer, now.Breakage, now.Verdict) : answer;
        return writer.WriteAsync(context, (kind & AnswerKinds.Results) != 0 ? Encodings.Encode(broken, now.Encoding) : broken);
    }

    private bool Breaks(AnswerKinds kind) => (scenario.Value.BreakageOn & kind) != 0;

    private bool Breaks(AnswerKinds kind, Breakage breakage) => Breaks(kind) && scenario.Value.Breakage == breakage;
}
