namespace OzGateway.Payloads;

/// <summary>What one alternative of the wrappers came to.</summary>
internal sealed class ResultFinding
{
    private readonly List<AnalysisResult> _analyses = [];

    /// <summary>How many results sit where this alternative says.</summary>
    public int Results { get; set; }

    /// <summary>How many of them hold a state.</summary>
    public int States { get; private set; }

    /// <summary>The state on which they agree.</summary>
    public ProjectedState? State { get; private set; }

    /// <summary>How the state word itself says that the check ended.</summary>
    public ObservedOutcome WordOutcome { get; private set; }

    /// <summary>Whether a state is no known word or two results disagree.</summary>
    public bool IsInvalid { get; private set; }

    /// <summary>Whether analyses were read, if only an empty object of them.</summary>
    public bool HasAnalyses { get; private set; }

    /// <summary>State and resolution of each analysis, in the order of the answer.</summary>
    public IReadOnlyList<AnalysisResult> Analyses => _analyses;

    /// <summary>The folder id, or null.</summary>
    public string? Folder { get; set; }

    /// <summary>Whether an observed member is twice there, or is none: then nothing is observed.</summary>
    public bool IsUnclear { get; set; }

    /// <summary>Forgets the last answer.</summary>
    public void Clear()
    {
        (Results, States, State, WordOutcome, IsInvalid, HasAnalyses, Folder, IsUnclear) = (0, 0, null, ObservedOutcome.None, false, false, null, false);
        _analyses.Clear();
    }

    /// <summary>Takes the state of one result; null when it is none.</summary>
    public void Take(ProjectedState? state, ObservedOutcome outcome)
    {
        IsInvalid |= state is null || (State is not null && State != state);
        IsUnclear |= States > 0 && outcome != WordOutcome;
        States++;
        (State, WordOutcome) = (state, outcome);
    }

    /// <summary>Analyses begin; false when there were some already.</summary>
    public bool TryBeginAnalyses()
    {
        var isFirst = !HasAnalyses;
        HasAnalyses = true;
        return isFirst;
    }

    /// <summary>An analysis begins; false when its type has occurred.</summary>
    public bool TryAdd(string type)
    {
        if (_analyses.Exists(analysis => analysis.Type == type))
        {
            return false;
        }

        _analyses.Add(new AnalysisResult(type));
        return true;
    }

    /// <summary>How the check ended: only what all analyses agree on, and only once it is over.</summary>
    public ObservedOutcome Outcome()
    {
        if (IsUnclear || State != ProjectedState.Finished)
        {
            return ObservedOutcome.None;
        }

        if (_analyses.Count == 0)
        {
            return WordOutcome;
        }

        var outcomes = _analyses.ConvertAll(static analysis => JsonProjector.OutcomeOf(analysis.Resolution));
        return outcomes.Contains(ObservedOutcome.Declined) ? ObservedOutcome.Declined
            : outcomes.Contains(ObservedOutcome.None) ? ObservedOutcome.None
            : ObservedOutcome.Succeeded;
    }
}
