namespace OzGateway.Demo;

/// <summary>One check, seen from all four sides.</summary>
internal sealed record CheckFacts
{
    /// <summary>The transaction id that the page wrote into meta.</summary>
    public required string PageTransactionId { get; init; }

    /// <summary>What the adapter itself answers for this check.</summary>
    public required string AdapterAnswer { get; init; }

    /// <summary>Every answer that the browser got, in order.</summary>
    public required IReadOnlyList<string> BrowserAnswers { get; init; }

    /// <summary>The transaction id that Oz received; null where nothing arrived.</summary>
    public required string? OzTransactionId { get; init; }

    /// <summary>Everything that the adapter received of the submission, as text.</summary>
    public required string AdapterReceived { get; init; }

    /// <summary>The id that the page learnt from the gateway.</summary>
    public required string? GatewayTransactionId { get; init; }

    /// <summary>What the backend was told.</summary>
    public required string BackendAnswer { get; init; }

    /// <summary>Status at the backend door without a key.</summary>
    public required int StatusWithoutKey { get; init; }

    /// <summary>Status of the backend's question at the public door.</summary>
    public required int StatusAtPublicDoor { get; init; }

    /// <summary>The four facts, for a terminal.</summary>
    public string Print() => $"""
          the adapter answered    {Short(AdapterAnswer)}
          the browser got         {string.Join("  ", BrowserAnswers)}
          Oz received             transaction_id {OzTransactionId ?? "none"}   (the page had written {PageTransactionId})
          the backend was told    {Short(BackendAnswer)}
        """;

    /// <summary>Promises that did not hold, one line each.</summary>
    public IReadOnlyList<string> Broken()
    {
        var broken = new List<string>();
        Expect(BrowserAnswers.Count > 0 && BrowserAnswers.All(answer => answer is """{"state":"processing"}""" or """{"state":"finished"}"""), "the browser got more, or other, than the state");
        Expect(BrowserAnswers is [.., """{"state":"finished"}"""], "the check did not finish");
        Expect(OzTransactionId is not null && OzTransactionId == GatewayTransactionId, "Oz did not receive the gateway's transaction id");
        Expect(!AdapterReceived.Contains(PageTransactionId, StringComparison.Ordinal), "the page's transaction id reached the adapter");
        Expect(BackendAnswer.Contains("\"outcome\":\"success\"", StringComparison.Ordinal), "the backend was not told success");
        Expect(StatusWithoutKey == StatusCodes.Status401Unauthorized, "the backend door answered without a key");
        Expect(StatusAtPublicDoor == StatusCodes.Status404NotFound, "the public door answered the backend's question");
        return broken;

        void Expect(bool holds, string otherwise)
        {
            if (!holds)
            {
                broken.Add(otherwise);
            }
        }
    }

    private static string Short(string text) => text.Length <= 160 ? text : $"{text[..160]}… ({text.Length} characters)";
}
