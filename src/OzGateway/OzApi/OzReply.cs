using System.Net;

namespace OzGateway.OzApi;

/// <summary>What Oz API answered, read whole.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body, within the limit.</param>
/// <param name="Date">Oz's clock, where it tells.</param>
internal sealed record OzReply(HttpStatusCode Status, byte[] Body, DateTimeOffset? Date)
{
    /// <summary>2xx.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Worth another try where asking twice does no harm.</summary>
    public bool IsPassing => Status is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;
}
