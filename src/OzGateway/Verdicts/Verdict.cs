namespace OzGateway.Verdicts;

/// <summary>The gateway's answer to the backend: our contract, none of Oz's words but the folder's id.</summary>
internal sealed record Verdict
{
    /// <summary>The id that was asked for, as it was asked.</summary>
    public required string TransactionId { get; init; }

    /// <summary>The verdict.</summary>
    public required VerdictOutcome Outcome { get; init; }

    /// <summary>Why, where the outcome alone does not say: a closed word.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the user was named and is the one the transaction was issued to.</summary>
    public required bool UserChecked { get; init; }

    /// <summary>Whether it has been consumed, with this call or before, where this process remembers it.</summary>
    public bool Consumed { get; init; }

    /// <summary>The folder at Oz, where exactly one was found.</summary>
    public string? FolderId { get; init; }

    /// <summary>Analyses of that folder, by type.</summary>
    public IReadOnlyList<AnalysisVerdict>? Analyses { get; init; }

    /// <summary>Media of that folder; with the right <c>media</c> only.</summary>
    public IReadOnlyList<MediumLinks>? Media { get; init; }

    /// <summary>When the transaction was issued (to the minute, from the id).</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When its submission was taken, where this process remembers it.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Submission calls taken, where this process remembers it.</summary>
    public int? Submissions { get; init; }

    /// <summary>A submission named another transaction, where this process remembers it.</summary>
    public bool? RelaySuspected { get; init; }

    /// <summary>What logs and spans call this transaction.</summary>
    public string? SupportRef { get; init; }
}

/// <summary>One analysis.</summary>
/// <param name="Type">Lower case, for example <c>quality</c>.</param>
/// <param name="Outcome">Success, declined, failed, processing or operator_required.</param>
internal sealed record AnalysisVerdict(string Type, VerdictOutcome Outcome)
{
    /// <summary>Scores by name, the worst where media have several; with the right <c>scores</c> only.</summary>
    public IReadOnlyDictionary<string, double>? Scores { get; init; }

    /// <summary>Thresholds by name; with the right <c>scores</c> only.</summary>
    public IReadOnlyDictionary<string, double>? Thresholds { get; init; }

    /// <summary>Best shots; with the right <c>media</c> only.</summary>
    public IReadOnlyList<string>? Images { get; init; }

    /// <summary>What was read from a document; with the right <c>media</c> only.</summary>
    public IReadOnlyList<DocumentField>? Fields { get; init; }
}

/// <summary>One field of a document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Visual">As printed.</param>
/// <param name="Mrz">As in the machine-readable zone.</param>
internal sealed record DocumentField(string Name, string? Visual, string? Mrz);

/// <summary>Where a medium is, at Oz.</summary>
/// <param name="Tags">Its tags.</param>
/// <param name="OriginalUrl">As it was sent.</param>
/// <param name="PreviewUrl">As a video.</param>
/// <param name="ThumbUrl">As a small picture.</param>
internal sealed record MediumLinks(IReadOnlyList<string> Tags, string? OriginalUrl, string? PreviewUrl, string? ThumbUrl);
