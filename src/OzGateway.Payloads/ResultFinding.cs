namespace OzGateway.Payloads;

/// <summary>What one alternative of the wrappers came to.</summary>
internal sealed class ResultFinding
{
    /// <summary>How many results sit where this alternative says.</summary>
    public int Results { get; set; }

    /// <summary>How many of them hold a state.</summary>
    public int States { get; set; }

    /// <summary>The state on which they agree.</summary>
    public ProjectedState? State { get; private set; }

    /// <summary>Whether a state is no known word or two results disagree.</summary>
    public bool IsInvalid { get; private set; }

    /// <summary>State and resolution of each analysis, in the order of the answer, or null.</summary>
    public IReadOnlyList<AnalysisResult>? Analyses { get; set; }

    /// <summary>The folder id, or null.</summary>
    public string? Folder { get; set; }

    /// <summary>Takes the state of one result; null when it is none.</summary>
    public void Take(ProjectedState? state)
    {
        States++;
        IsInvalid |= state is null || (State is not null && State != state);
        State = state;
    }
}
