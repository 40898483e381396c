namespace OzGateway.Problems;

/// <summary>What an address of a server must be.</summary>
internal static class AddressRules
{
    /// <summary>Adds an error for a missing, empty or repeated destination and for one with a path.</summary>
    /// <param name="errors">Where errors go.</param>
    /// <param name="destinations">The addresses as written.</param>
    /// <param name="path">Where they stand.</param>
    public static void CheckDestinations(this ConfigurationErrors errors, IReadOnlyList<Uri>? destinations, string path)
    {
        errors.Require(destinations, path, "[\"http://host:8080\"]");
        if (destinations is { Count: 0 })
        {
            errors.Add(path, ConfigurationCode.OutOfRange, "is empty. Write at least one address, for example [\"http://host:8080\"].");
        }

        for (int index = 0; index < destinations?.Count; index++)
        {
            if (destinations[index].PathAndQuery != "/")
            {
                errors.Add($"{path}[{index}]", ConfigurationCode.BadAddress, "has a path or a query. Write scheme, host and port only, for example 'https://host:8443'.");
            }
            else if (destinations.Take(index).Contains(destinations[index]))
            {
                errors.Add($"{path}[{index}]", ConfigurationCode.Duplicate, "stands twice in the list. Keep one of them.");
            }
        }
    }
}
