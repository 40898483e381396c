using System.Globalization;
using System.Text.RegularExpressions;

namespace OzGateway.Edge;

/// <summary>What a Host may look like.</summary>
internal static partial class HostText
{
    /// <summary>A name or an address, with an optional port: no user, no escapes, no list.</summary>
    public static bool IsPlain(string host) => Shape().IsMatch(host) && PortOf(host) <= ushort.MaxValue;

    private static int PortOf(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon > host.LastIndexOf(']') ? int.Parse(host.AsSpan(colon + 1), CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^([A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
