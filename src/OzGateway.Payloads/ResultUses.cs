using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>Takes the values that the rules look for. What leaves must be clear, or the answer is refused; what is only observed is dropped when it is unclear.</summary>
internal sealed class ResultUses(JsonProjector projector)
{
    private const int MaxWordLength = 32;
    private const int MaxFolderLength = 64;

    private static readonly SearchValues<byte> WordBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_"u8);
    private static readonly SearchValues<byte> FolderBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);
    private static readonly string[] CommonWords = ["", "processing", "finished", "success", "declined", "failed", "operator_required", "quality", "biometry", "documents", "collection"];

    /// <summary>What the wrappers came to.</summary>
    public ResultFinding[] Findings { get; } = [.. projector.Rules.Wrappers.Select(static _ => new ResultFinding())];

    /// <summary>Kept members.</summary>
    public string?[] Kept { get; } = new string?[projector.Rules.Keep.Count];

    public void Clear()
    {
        Array.ForEach(Findings, static finding => finding.Clear());
        Array.Clear(Kept);
    }

    /// <summary>An observed member is there twice.</summary>
    public void Unclear(ResultNode node)
    {
        foreach (var use in node.Uses)
        {
            Findings[use.Index].IsUnclear = true;
        }
    }

    /// <summary>A value that is no string; false where nothing below it is looked at.</summary>
    public bool Take(ResultNode node, JsonKind kind, long offset)
    {
        var isWanted = true;
        foreach (var use in node.Uses)
        {
            switch (use.Role)
            {
                case ResultRole.Result:
                    Findings[use.Index].Results++;
                    break;
                case ResultRole.State:
                    Findings[use.Index].Take(null, ObservedOutcome.None);
                    break;
                case ResultRole.Analyses when kind == JsonKind.Object:
                    isWanted = Findings[use.Index].TryBeginAnalyses() || Refuse(node, PayloadFault.DuplicateMember, offset);
                    break;
                case ResultRole.Analysis when kind == JsonKind.Object:
                    break;
                default:
                    isWanted = Refuse(node, PayloadFault.KeptMemberInvalid, offset);
                    break;
            }
        }

        return isWanted;
    }

    /// <summary>A string.</summary>
    public void Take(ResultNode node, ResultText text, long offset)
    {
        foreach (var use in node.Uses)
        {
            switch (use.Role)
            {
                case ResultRole.Result:
                    Findings[use.Index].Results++;
                    break;
                case ResultRole.State:
                    var (state, outcome) = text.IsWhole ? projector.StateOf(text.Bytes) : (null, ObservedOutcome.None);
                    Findings[use.Index].Take(state, outcome);
                    break;
                case ResultRole.Folder:
                    TakeFolder(node, Findings[use.Index], text, offset);
                    break;
                case ResultRole.AnalysisState or ResultRole.AnalysisResolution:
                    TakeWord(node, use, text, offset);
                    break;
                case ResultRole.Kept:
                    TakeKept(use.Index, text, offset);
                    break;
                default:
                    Refuse(node, PayloadFault.KeptMemberInvalid, offset);
                    break;
            }
        }
    }

    /// <summary>The next member of analyses; false where it is not one that is looked at.</summary>
    public bool BeginAnalysis(ResultNode analyses, ReadOnlySpan<byte> name, long offset)
    {
        var isObserved = analyses.Every!.IsObserved;
        if (name.IsEmpty || !IsWord(name))
        {
            return RefuseAnalysis(analyses, isObserved, PayloadFault.KeptMemberInvalid, offset);
        }

        var type = WordOf(name);
        foreach (var use in analyses.Uses)
        {
            if (use.Role == ResultRole.Analyses && !Findings[use.Index].TryAdd(type))
            {
                return RefuseAnalysis(analyses, isObserved, PayloadFault.DuplicateMember, offset);
            }
        }

        return true;
    }

    private bool RefuseAnalysis(ResultNode analyses, bool isObserved, PayloadFault fault, long offset)
    {
        if (!isObserved)
        {
            throw new PayloadException(fault, offset);
        }

        Unclear(analyses);
        return false;
    }

    private void TakeFolder(ResultNode node, ResultFinding finding, ResultText text, long offset)
    {
        if (!text.IsWhole || text.Bytes.Length is 0 or > MaxFolderLength || text.Bytes.ContainsAnyExcept(FolderBytes))
        {
            Refuse(node, PayloadFault.KeptMemberInvalid, offset);
        }
        else if (finding.Folder is not null)
        {
            Refuse(node, PayloadFault.DuplicateMember, offset);
        }
        else
        {
            finding.Folder = Encoding.ASCII.GetString(text.Bytes);
        }
    }

    private void TakeWord(ResultNode node, ResultUse use, ResultText text, long offset)
    {
        if (!text.IsWhole || !IsWord(text.Bytes))
        {
            Refuse(node, PayloadFault.KeptMemberInvalid, offset);
            return;
        }

        var analysis = Findings[use.Index].Analyses[^1];
        if (use.Role == ResultRole.AnalysisState)
        {
            analysis.State = WordOf(text.Bytes);
        }
        else
        {
            analysis.Resolution = WordOf(text.Bytes);
        }
    }

    private void TakeKept(int index, ResultText text, long offset)
    {
        var value = text.IsWhole ? Encoding.UTF8.GetString(text.Bytes) : null;
        Kept[index] = value is not null && Kept[index] is null && projector.IsKept(index, value)
            ? value
            : throw new PayloadException(PayloadFault.KeptMemberInvalid, offset);
    }

    private bool Refuse(ResultNode node, PayloadFault fault, long offset)
    {
        if (!node.IsObserved)
        {
            throw new PayloadException(fault, offset);
        }

        Unclear(node);
        return false;
    }

    private static bool IsWord(ReadOnlySpan<byte> text) => text.Length <= MaxWordLength && !text.ContainsAnyExcept(WordBytes);

    private static string WordOf(ReadOnlySpan<byte> text)
    {
        foreach (var word in CommonWords)
        {
            if (Ascii.Equals(text, word))
            {
                return word;
            }
        }

        return Encoding.ASCII.GetString(text);
    }
}
