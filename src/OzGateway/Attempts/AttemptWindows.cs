using OzGateway.Problems;

namespace OzGateway.Attempts;

/// <summary>Windows as written, judged.</summary>
internal static class AttemptWindows
{
    private const int MostWindows = 8;

    /// <summary>The windows that the options mean; without those that are in error.</summary>
    /// <param name="options">The list as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static List<AttemptWindow> Create(List<AttemptWindowOptions> options, string path, ConfigurationErrors errors)
    {
        if (options.Count is < 1 or > MostWindows)
        {
            errors.Add(path, ConfigurationCode.OutOfRange, $"has {options.Count} windows. Allowed: 1 to {MostWindows}. To take attempts away from a route, write 'attempts: none' there.");
        }

        List<AttemptWindow> windows = [];
        for (int index = 0; index < options.Count; index++)
        {
            string at = $"{path}[{index}]";
            OptionRanges.Check(options[index], at, errors);
            int permitLimit = errors.Require(options[index].PermitLimit, $"{at}.permit_limit", "5") ?? 0;
            TimeSpan window = errors.Require(options[index].Window, $"{at}.window", "15m") ?? TimeSpan.Zero;
            if (options[index].Window is not null && windows.FindIndex(earlier => earlier.Window == window) is >= 0 and int twin)
            {
                errors.Add($"{at}.window", ConfigurationCode.Duplicate, $"is the length of windows[{twin}] as well. Keep the stricter of the two.");
            }

            windows.Add(new AttemptWindow(permitLimit, window));
        }

        return windows;
    }
}
