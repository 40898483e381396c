
namespace OzGateway.Edge;

/// <summary>What we know of a call from its head.</summary>
/// <param name="kind">What it is.</param>
/// <param name="maxBodyBytes">Largest body it may have.</param>
internal sealed class CallFeature(CallKind kind, long maxBodyBytes)
{
    private const string OctetStream = "application/octet-stream";

    /// <summary>What it is.</summary>
    public CallKind Kind { get; } = kind;

    /// <summary>Largest body in bytes.</summary>
    public long MaxBodyBytes { get; } = maxBodyBytes;

    /// <summary>Decides from the role and the head alone; the body is never looked at.</summary>
    public static CallFeature Of(CallPolicy policy, HttpContext context) => policy.Role switch
    {
        RouteRole.Static => new CallFeature(CallKind.Static, 0),
        RouteRole.Telemetry => new CallFeature(CallKind.Telemetry, policy.MaxTelemetryBytes),
        RouteRole.Session => new CallFeature(CallKind.Session, policy.MaxBodyBytes),
        RouteRole.Submission => new CallFeature(CallKind.Submission, policy.MaxSubmissionBytes),
        RouteRole.Exchange when IsSubmission(policy, context) => new CallFeature(CallKind.Submission, policy.MaxSubmissionBytes),
        RouteRole.Exchange or RouteRole.Result => new CallFeature(CallKind.Poll, policy.MaxPollBytes),
        RouteRole.Blocked => throw new InvalidOperationException("A blocked route has no call."),
        _ => throw new InvalidOperationException($"Role '{policy.Role}' has no kind of call."),
    };

    private static bool IsSubmission(CallPolicy policy, HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is { } length)
        {
            // All else is a poll, and a poll is small: nothing can be dressed up as one.
            return length > policy.MaxPollBytes || (length > 0 && IsSubmissionType(policy, request));
        }

        return context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
    }

    private static bool IsSubmissionType(CallPolicy policy, HttpRequest request)
    {
        var values = request.Headers.ContentType;
        if (values.Count != 1)
        {
            return values.Count > 1;
        }

        var type = values[0].AsSpan();
        var semicolon = type.IndexOf(';');
        var essence = (semicolon < 0 ? type : type[..semicolon]).Trim();
        return essence.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            || essence.Equals(OctetStream, StringComparison.OrdinalIgnoreCase)
            || (policy.SubmissionTypes.Count > 0 && policy.SubmissionTypes.Contains(essence.ToString().ToLowerInvariant()));
    }
}
