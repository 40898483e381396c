using OzGateway.Problems;

namespace OzGateway.Edge;

/// <summary>How a call on a route is classified by its head, and how large its body may be.</summary>
internal sealed record CallPolicy
{
    private static readonly IReadOnlySet<string> NoTypes = new HashSet<string>();

    /// <summary>The role of the route.</summary>
    public required RouteRole Role { get; init; }

    /// <summary>Media types (lower case, without parameters) that make a call on an exchange route a submission, besides multipart and octet-stream. Default: none.</summary>
    public required IReadOnlySet<string> SubmissionTypes { get; init; }

    /// <summary>Largest submission body in bytes. 1 KiB to 1 GiB; default 64 MiB.</summary>
    public required long MaxSubmissionBytes { get; init; }

    /// <summary>Largest poll body in bytes; a larger one is a submission by its declared length, else 413. Default 64 KiB.</summary>
    public required long MaxPollBytes { get; init; }

    /// <summary>Largest telemetry body in bytes. Default 64 KiB.</summary>
    public required long MaxTelemetryBytes { get; init; }

    /// <summary>Largest body of every other call in bytes. Default 1 MiB.</summary>
    public required long MaxBodyBytes { get; init; }

    /// <summary>The limits that the options mean, for a route that is still without a role; null where they are in error.</summary>
    /// <param name="options">The section <c>limits</c> as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static CallPolicy? Create(LimitsOptions options, string path, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, path, errors);
        long submission = options.Submission ?? 64L << 20;
        long poll = options.Poll ?? 64L << 10;
        if (poll >= submission)
        {
            errors.Add(path, ConfigurationCode.Contradiction, $"lets a poll be as large as a submission ({UnitText.Print(poll)} and {UnitText.Print(submission)}). Make poll smaller than submission.");
        }

        return errors.AnyAt(path) ? null : new CallPolicy
        {
            Role = RouteRole.Result,
            SubmissionTypes = NoTypes,
            MaxSubmissionBytes = submission,
            MaxPollBytes = poll,
            MaxTelemetryBytes = options.Telemetry ?? 64L << 10,
            MaxBodyBytes = options.Body ?? 1L << 20,
        };
    }

    /// <summary>The same limits for a route.</summary>
    /// <param name="role">Its role.</param>
    /// <param name="submissionTypes">Its submission types as written.</param>
    /// <param name="path">Where the route stands.</param>
    /// <param name="errors">Where errors go.</param>
    public CallPolicy For(RouteRole role, IReadOnlyList<string>? submissionTypes, string path, ConfigurationErrors errors)
    {
        string at = $"{path}.submission_types";
        if (submissionTypes is not null && role != RouteRole.Exchange)
        {
            errors.Add(at, ConfigurationCode.NoPlaceInRole, "has no place here: only on an exchange route the media type decides.");
        }

        errors.CheckMediaTypes(submissionTypes, at);
        return this with { Role = role, SubmissionTypes = submissionTypes?.ToHashSet(StringComparer.Ordinal) ?? NoTypes };
    }
}
