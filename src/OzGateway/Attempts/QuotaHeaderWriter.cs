using System.Globalization;
using OzGateway.Problems;

namespace OzGateway.Attempts;

/// <summary>Tells a page what is left: <c>RateLimit</c> and <c>RateLimit-Policy</c>, structured fields of draft-ietf-httpapi-ratelimit-headers-11.</summary>
internal static class QuotaHeaderWriter
{
    private const string QuotaHeader = "RateLimit";
    private const string PolicyHeader = "RateLimit-Policy";

    /// <summary>Writes both; nothing where the policy keeps it to itself.</summary>
    public static void Write(HttpResponse response, AttemptPolicy policy, AttemptDecision decision)
    {
        if (policy.Headers is QuotaHeaders.None || policy.Windows.Count == 0)
        {
            return;
        }

        response.Headers[PolicyHeader] = string.Join(", ", policy.Windows.Select(window =>
            string.Create(CultureInfo.InvariantCulture, $"\"{Name(window)}\";q={window.PermitLimit};w={Seconds(window.Window)}")));
        if (policy.TellsRemaining && decision.Quota is { } quota)
        {
            response.Headers[QuotaHeader] =
                string.Create(CultureInfo.InvariantCulture, $"\"{Name(policy.Windows[quota.Window])}\";r={quota.Remaining};t={Seconds(quota.Reset)}");
        }
    }

    private static string Name(AttemptWindow window) => UnitText.Print(window.Window);

    private static long Seconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);
}
