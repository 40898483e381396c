using System.Text.RegularExpressions;

namespace OzGateway.Edge;

/// <summary>What a Host may look like.</summary>
internal static partial class HostText
{
    /// <summary>A name or an address, with an optional port: no user, no escapes, no list.</summary>
    public static bool IsPlain(string host) => Shape().Match(host) is { Success: true } match
        && (!match.Groups["port"].Success || int.Parse(match.Groups["port"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) <= ushort.MaxValue);

    [GeneratedRegex(@"^([A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]{2,45}\])(:(?<port>[0-9]{1,5}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
