using System.Net.Http.Headers;

namespace OzGateway.Forwarding;

/// <summary>Headers that go with a body.</summary>
internal static class ContentHeaders
{
    /// <summary>Takes over the headers of another content as they are.</summary>
    public static void TakeOver(this HttpContentHeaders headers, HttpContentHeaders others)
    {
        foreach (var (name, values) in others.NonValidated)
        {
            headers.TryAddWithoutValidation(name, values);
        }
    }
}
