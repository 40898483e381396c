using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OzGateway.Payloads;

/// <summary>
/// Reads a whole answer and writes a new, smaller document: the state, and by rule a few members more. No byte of the answer is copied but
/// the values that the rules allow. Safe for concurrent use.
/// </summary>
public sealed class JsonProjector
{
    private readonly PayloadLimits _limits;
    private readonly ResultNode _root;
    private readonly Regex[] _patterns;

    /// <summary>Prepares the rules.</summary>
    /// <param name="rules">What may leave.</param>
    /// <param name="limits">The bounds.</param>
    /// <exception cref="ArgumentException">A kept member holds <c>[*]</c>, has no name, or takes a name that is given out already.</exception>
    public JsonProjector(ProjectionRules rules, PayloadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(limits);
        CheckKeep(rules.Keep);
        Rules = rules;
        _limits = limits;
        _root = ResultNode.Build(rules);
        _patterns = [.. rules.Keep.Select(static kept => Whole(kept.Pattern))];
    }

    internal ProjectionRules Rules { get; }

    /// <inheritdoc cref="Project(ReadOnlySpan{byte}, IBufferWriter{byte})"/>
    public ProjectedState Project(in ReadOnlySequence<byte> document, IBufferWriter<byte> output) =>
        Project(StrictJson.Flatten(document, _limits), output);

    /// <summary>Reads the whole document, validates it, and writes the projected one.</summary>
    /// <param name="document">The answer, decoded and complete. A byte order mark is refused.</param>
    /// <param name="output">Takes the projected document.</param>
    /// <returns>The state that was written.</returns>
    /// <exception cref="PayloadException">The document is refused; nothing was written to <paramref name="output"/>.</exception>
    public ProjectedState Project(ReadOnlySpan<byte> document, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var reader = new ResultReader(this, _limits);
        reader.Read(document, _root);
        var finding = Choose(reader.Findings, document.Length);
        var state = finding.State!.Value;
        if (Rules.Shape == ResultShape.Safe && Array.TrueForAll(reader.Kept, static kept => kept is null))
        {
            output.Write(state == ProjectedState.Processing ? """{"state":"processing"}"""u8 : """{"state":"finished"}"""u8);
            return state;
        }

        Write(state, finding, reader.Kept, output);
        return state;
    }

    internal ProjectedState? StateOf(string word) =>
        Rules.ProcessingWords.Contains(word, StringComparer.OrdinalIgnoreCase) ? ProjectedState.Processing :
        Rules.FinishedWords.Contains(word, StringComparer.OrdinalIgnoreCase) ? ProjectedState.Finished : null;

    internal bool IsKept(int index, string value) => _patterns[index].IsMatch(value);

    private static ResultFinding Choose(ResultFinding[] findings, int length)
    {
        var chosen = Array.Find(findings, static finding => finding.States > 0);
        if (chosen is null || chosen.States < chosen.Results)
        {
            throw new PayloadException(PayloadFault.MissingState, length);
        }

        return chosen.IsInvalid ? throw new PayloadException(PayloadFault.InvalidState, length) : chosen;
    }

    private void Write(ProjectedState state, ResultFinding finding, string?[] kept, IBufferWriter<byte> output)
    {
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

        if (finding.Folder is { } folder)
        {
            writer.WriteString("folder_id"u8, folder);
        }

        if (finding.Analyses is { } analyses)
        {
            WriteAnalyses(writer, analyses);
        }

        writer.WriteEndObject();
        writer.Flush();
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

    /// <summary>The same pattern, against the whole value: a first match could be shorter than the longest. The line break ends a comment in the pattern.</summary>
    private static Regex Whole(Regex pattern)
    {
        var end = pattern.Options.HasFlag(RegexOptions.IgnorePatternWhitespace) ? "\n" : "";
        return new Regex($@"\A(?:{pattern}{end})\z", pattern.Options | RegexOptions.NonBacktracking);
    }
}
