using OzGateway.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OzGateway.Configuration.Reading;

/// <summary>Reads a small, strict part of YAML: one document of mappings, lists and values; no anchors, tags, merge keys or duplicate keys.</summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 32;

    private readonly Parser _parser;
    private readonly ConfigurationErrors _errors;

    private YamlReader(string text, ConfigurationErrors errors)
    {
        _parser = new Parser(new StringReader(text));
        _errors = errors;
    }

    /// <summary>Reads a document; null where that is impossible, which is then among the errors.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="errors">Where errors go.</param>
    public static YamlMapping? Read(string text, ConfigurationErrors errors)
    {
        if (YamlSyntax.Check(text) is { } fault)
        {
            errors.Add("", ConfigurationCode.Syntax, $"is not YAML: {fault.Reason}. Look at the indentation, quotes and brackets here and on the line before.", fault.At);
            return null;
        }

        return new YamlReader(text, errors).ReadFile();
    }

    private YamlMapping? ReadFile()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            _errors.Add("", ConfigurationCode.FileEmpty, "is empty. A gateway needs at least version, upstreams and user_key.");
            return null;
        }

        _parser.Consume<DocumentStart>();
        YamlNode node = ReadNode("", depth: 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            _errors.Add("", ConfigurationCode.SeveralDocuments, "holds a second document. One file is one configuration: take away the line '---'.", YamlSyntax.Position(second.Start));
            return null;
        }

        if (node is YamlMapping mapping)
        {
            return mapping;
        }

        _errors.Add("", ConfigurationCode.FileEmpty, "is no mapping. It begins with keys such as 'version: 1'.", node.At);
        return null;
    }

    private YamlNode ReadNode(string path, int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            _errors.Add(path, ConfigurationCode.Anchor, "is an alias. Write the value out: anchors and aliases are not read.", YamlSyntax.Position(alias.Start));
            return new YamlScalar(YamlSyntax.Position(alias.Start), "", IsPlain: true);
        }

        if (_parser.Current is NodeEvent node)
        {
            RefuseProperties(node, path);
        }

        if (depth > MaxDepth)
        {
            _errors.Add(path, ConfigurationCode.TooDeep, $"is nested deeper than {MaxDepth} levels.", YamlSyntax.Position(_parser.Current?.Start ?? Mark.Empty));
            _parser.SkipThisAndNestedEvents();
            return new YamlScalar(default, "", IsPlain: true);
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlScalar(YamlSyntax.Position(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain);
        }

        return _parser.TryConsume<SequenceStart>(out var sequence) ? ReadSequence(sequence, path, depth) : ReadMapping(_parser.Consume<MappingStart>(), path, depth);
    }

    private void RefuseProperties(NodeEvent node, string path)
    {
        if (!node.Anchor.IsEmpty)
        {
            _errors.Add(path, ConfigurationCode.Anchor, "has an anchor. Take it away: anchors and aliases are not read.", YamlSyntax.Position(node.Start));
        }

        if (!node.Tag.IsEmpty)
        {
            _errors.Add(path, ConfigurationCode.Tag, "has a tag. Take it away: the type of a value comes from its key.", YamlSyntax.Position(node.Start));
        }
    }

    private YamlSequence ReadSequence(SequenceStart start, string path, int depth)
    {
        List<YamlNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode($"{path}[{items.Count}]", depth + 1));
        }

        return new YamlSequence(YamlSyntax.Position(start.Start), items);
    }

    private YamlMapping ReadMapping(MappingStart start, string path, int depth)
    {
        List<YamlEntry> entries = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                _errors.Add(path, ConfigurationCode.ComplexKey, "has a key that is a list or a mapping. A key is a word.", YamlSyntax.Position(_parser.Current?.Start ?? Mark.Empty));
                _parser.SkipThisAndNestedEvents();
                _parser.SkipThisAndNestedEvents();
                continue;
            }

            RefuseProperties(key, path);
            ReadEntry(key, path, depth, entries);
        }

        return new YamlMapping(YamlSyntax.Position(start.Start), entries);
    }

    private void ReadEntry(Scalar key, string path, int depth, List<YamlEntry> entries)
    {
        string childPath = YamlPath.Child(path, key.Value);
        YamlNode value = ReadNode(childPath, depth + 1);
        if (key.Value == "<<" && key.Style == ScalarStyle.Plain)
        {
            _errors.Add(path, ConfigurationCode.MergeKey, "has a merge key '<<'. Write the keys out: merging is not read.", YamlSyntax.Position(key.Start));
        }
        else if (entries.Find(entry => entry.Key == key.Value) is { } first)
        {
            _errors.Add(childPath, ConfigurationCode.DuplicateKey, $"stands twice; the first time on line {first.KeyAt.Line}. Keep one of them.", YamlSyntax.Position(key.Start));
        }
        else
        {
            entries.Add(new YamlEntry(key.Value, YamlSyntax.Position(key.Start), value));
        }
    }
}
