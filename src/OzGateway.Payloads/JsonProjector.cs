using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OzGateway.Payloads;

/// <summary>
/// Reads a whole answer and writes a new, smaller document: the state, and by rule a few members more. No byte of the answer is copied but
/// the values that the rules allow. Safe for concurrent use.
/// </summary>
public sealed class JsonProjector
{
    private const int MaxStateBytes = 64;
    private const int MaxIdleReaders = 64;

    private static readonly byte[] Processing = """{"state":"processing"}"""u8.ToArray();
    private static readonly byte[] Finished = """{"state":"finished"}"""u8.ToArray();

    private readonly ResultNode _root;
    private readonly Regex[] _patterns;
    private readonly NameBook _names = new();
    private readonly ConcurrentQueue<AnswerReader> _idle = new();

    /// <summary>Prepares the rules.</summary>
    /// <param name="rules">What may leave.</param>
    /// <param name="limits">The bounds.</param>
    /// <exception cref="ArgumentException">A kept member holds <c>[*]</c>, has no name, or takes a name that is given out already.</exception>
    public JsonProjector(ProjectionRules rules, PayloadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(limits);
        CheckKeep(rules.Keep);
        (Rules, Limits) = (rules, limits);
        _root = ResultNode.Build(rules);
        _patterns = [.. rules.Keep.Select(static kept => WholeMatch.Of(kept.Pattern))];
    }

    internal ProjectionRules Rules { get; }

    internal PayloadLimits Limits { get; }

    /// <summary>A reader for one answer.</summary>
    public AnswerReader Open() =>
        (_idle.TryDequeue(out var idle) ? idle : new AnswerReader(this, new ResultReader(this, _root, _names))).Begin();

    /// <summary>Reads a whole document in several segments.</summary>
    /// <param name="document">The answer, decoded and complete.</param>
    /// <exception cref="PayloadException">The document is refused.</exception>
    public ProjectedAnswer Project(in ReadOnlySequence<byte> document)
    {
        using var reader = Open();
        foreach (var segment in document)
        {
            reader.Read(segment.Span);
        }

        return reader.Complete();
    }

    /// <summary>How an analysis or a state says that a check ended, by the vendor's documented words.</summary>
    internal static ObservedOutcome OutcomeOf(string? word) => word switch
    {
        "success" => ObservedOutcome.Succeeded,
        "declined" or "operator_required" => ObservedOutcome.Declined,
        _ => ObservedOutcome.None,
    };

    internal void Return(AnswerReader reader)
    {
        if (_idle.Count < MaxIdleReaders)
        {
            _idle.Enqueue(reader);
        }
    }

    internal ProjectedAnswer Conclude(ResultReader results, long length)
    {
        var finding = Choose(results.Findings, length);
        var state = finding.State!.Value;
        var isPlain = Rules.Shape == ResultShape.Safe && Array.TrueForAll(results.Kept, static kept => kept is null);
        var document = !isPlain ? Write(state, finding, results.Kept) : state == ProjectedState.Processing ? Processing : Finished;
        return new ProjectedAnswer(state, document, results.Observe(finding));
    }

    internal (ProjectedState? State, ObservedOutcome Outcome) StateOf(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxStateBytes)
        {
            return (null, ObservedOutcome.None);
        }

        Span<char> word = stackalloc char[MaxStateBytes];
        word = word[..Encoding.UTF8.GetChars(text, word)];
        if (Find(Rules.ProcessingWords, word) is not null)
        {
            return (ProjectedState.Processing, ObservedOutcome.None);
        }

        return Find(Rules.FinishedWords, word) is { } found ? (ProjectedState.Finished, OutcomeOf(found)) : (null, ObservedOutcome.None);
    }

    internal bool IsKept(int index, string value) => _patterns[index].IsMatch(value);

    private static string? Find(IReadOnlyList<string> words, ReadOnlySpan<char> word)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (word.Equals(words[i], StringComparison.OrdinalIgnoreCase))
            {
                return words[i];
            }
        }

        return null;
    }

    private static ResultFinding Choose(ResultFinding[] findings, long length)
    {
        var chosen = Array.Find(findings, static finding => finding.States > 0);
        if (chosen is null || chosen.States < chosen.Results)
        {
            throw new PayloadException(PayloadFault.MissingState, length);
        }

        return chosen.IsInvalid ? throw new PayloadException(PayloadFault.InvalidState, length) : chosen;
    }

    private byte[] Write(ProjectedState state, ResultFinding finding, string?[] kept)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteString("state"u8, state == ProjectedState.Processing ? "processing"u8 : "finished"u8);
        for (var i = 0; i < kept.Length; i++)
        {
            if (kept[i] is { } value)
            {
                writer.WriteString(Rules.Keep[i].Member.Name!, value);
            }
        }

        if (Rules.Shape == ResultShape.Folder && finding.Folder is { } folder)
        {
            writer.WriteString("folder_id"u8, folder);
        }

        if (Rules.Shape != ResultShape.Safe && finding.HasAnalyses)
        {
            WriteAnalyses(writer, finding.Analyses);
        }

        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static void WriteAnalyses(Utf8JsonWriter writer, IReadOnlyList<AnalysisResult> analyses)
    {
        writer.WriteStartObject("analyses"u8);
        foreach (var analysis in analyses)
        {
            writer.WriteStartObject(analysis.Type);
            if (analysis.State is { } state)
            {
                writer.WriteString("state"u8, state);
            }

            if (analysis.Resolution is { } resolution)
            {
                writer.WriteString("resolution"u8, resolution);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void CheckKeep(IReadOnlyList<KeptMember> keep)
    {
        var names = new HashSet<string>(["state", "analyses", "folder_id"], StringComparer.OrdinalIgnoreCase);
        foreach (var kept in keep)
        {
            if (kept.Member.HasEveryElement || kept.Member.Name is not { } name || !names.Add(name))
            {
                throw new ArgumentException($"The kept member {kept.Member} must end in a name of its own and hold no '[*]'.", nameof(keep));
            }
        }
    }
}
