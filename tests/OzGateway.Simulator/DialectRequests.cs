using System.Text.Json;
using OzGateway.Simulator.Dialects;

namespace OzGateway.Simulator;

/// <content>What a client needs to speak the dialect.</content>
public sealed partial record Dialect
{
    /// <summary>The GET of the main script.</summary>
    /// <param name="baseAddress">The address of the adapter, or of a proxy in front of it; a path in it is kept.</param>
    public HttpRequestMessage Script(Uri baseAddress) => new(HttpMethod.Get, At(baseAddress, Paths.Script));

    /// <summary>The GET of the plugin's configuration.</summary>
    /// <param name="baseAddress">As in <see cref="Script"/>.</param>
    public HttpRequestMessage Config(Uri baseAddress) => new(HttpMethod.Get, At(baseAddress, Paths.Config));

    /// <summary>The GET of a static file in the first folder.</summary>
    /// <param name="baseAddress">As in <see cref="Script"/>.</param>
    /// <param name="name">One of <see cref="DialectPaths.AssetNames"/>; default the style sheet.</param>
    public HttpRequestMessage Asset(Uri baseAddress, string name = "liveness.css") =>
        new(HttpMethod.Get, At(baseAddress, Paths.AssetFolders[0] + name));

    /// <summary>The POST that opens an adapter session.</summary>
    /// <param name="baseAddress">As in <see cref="Script"/>.</param>
    public HttpRequestMessage Init(Uri baseAddress) =>
        new(HttpMethod.Post, At(baseAddress, Paths.Init)) { Content = DialectBodies.Json(new()) };

    /// <summary>The POST of a telemetry event.</summary>
    /// <param name="baseAddress">As in <see cref="Script"/>.</param>
    public HttpRequestMessage Telemetry(Uri baseAddress) =>
        new(HttpMethod.Post, At(baseAddress, Paths.Telemetry[0]))
        {
            Content = DialectBodies.Json(new() { ["event_session_id"] = "6c1d0c6e-0f0b-4c55-9a8e-3f8f5b7a1c11", ["event"] = "camera_opened" }),
        };

    /// <summary>A submission.</summary>
    /// <param name="baseAddress">As in <see cref="Script"/>.</param>
    /// <param name="adapterSession">The id that <see cref="ReadSession"/> read.</param>
    /// <param name="meta">The metadata the page gave; may be empty.</param>
    /// <param name="media">The media; a container takes the first one's bytes.</param>
    /// <param name="kind">The body's form; one of <see cref="Bodies"/>.</param>
    public HttpRequestMessage Submission(
        Uri baseAddress, string adapterSession, IReadOnlyDictionary<string, string> meta, IReadOnlyList<MediaPart> media, BodyKind kind)
    {
        if (!Bodies.Contains(kind))
        {
            throw new ArgumentException($"Dialect '{Name}' has no {kind} submissions.", nameof(kind));
        }

        var request = new HttpRequestMessage(HttpMethod.Post, At(baseAddress, Paths.Submit))
        {
            Content = DialectBodies.Submission(this, adapterSession, meta, media, kind),
        };
        Carry(request, adapterSession, bodyCarries: kind != BodyKind.Container);
        return request;
    }

    /// <summary>A poll.</summary>
    /// <param name="baseAddress">As in <see cref="Script"/>.</param>
    /// <param name="adapterSession">The id that <see cref="ReadSession"/> read.</param>
    public HttpRequestMessage Poll(Uri baseAddress, string adapterSession)
    {
        var request = new HttpRequestMessage(new HttpMethod(PollMethod), At(baseAddress, Paths.Poll));
        if (PollMethod == "POST")
        {
            request.Content = DialectBodies.Json(SessionCarrier == SessionCarrier.Body ? new() { [SessionName] = adapterSession } : new());
        }

        Carry(request, adapterSession, bodyCarries: true);
        return request;
    }

    /// <summary>The adapter session's id in the answer that opened it; null if it has none.</summary>
    /// <param name="initAnswer">The answer's body.</param>
    public string? ReadSession(string initAnswer)
    {
        using var document = JsonDocument.Parse(initAnswer);
        var element = document.RootElement;
        foreach (var member in InitSessionPath)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(member, out element))
            {
                return null;
            }
        }

        return element.GetString();
    }

    /// <summary>The state in a result answer, in its wrapper or without.</summary>
    /// <param name="answer">The answer's body; anything at all.</param>
    public CheckState ReadState(string answer) => DialectAnswers.ReadState(this, answer);

    private void Carry(HttpRequestMessage request, string adapterSession, bool bodyCarries)
    {
        switch (SessionCarrier)
        {
            case SessionCarrier.Body when bodyCarries:
                break;
            case SessionCarrier.Body or SessionCarrier.Query:
                request.RequestUri = new Uri(request.RequestUri + $"?{SessionName}={Uri.EscapeDataString(adapterSession)}");
                break;
            case SessionCarrier.Cookie:
                request.Headers.Add("Cookie", $"{SessionName}={adapterSession}");
                break;
            case SessionCarrier.Header:
                request.Headers.Add(SessionName, adapterSession);
                break;
            default:
                throw new InvalidOperationException($"Session carrier '{SessionCarrier}' is not known.");
        }
    }

    private static Uri At(Uri baseAddress, string path) => new(baseAddress.AbsoluteUri.TrimEnd('/') + path);
}
