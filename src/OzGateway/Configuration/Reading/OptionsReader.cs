using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using OzGateway.Problems;

namespace OzGateway.Configuration.Reading;

/// <summary>Turns nodes into options by the types of the options. Goes on after every error; what could not be read stays null.</summary>
/// <param name="errors">Where errors go.</param>
internal sealed class OptionsReader(ConfigurationErrors errors)
{
    private readonly ScalarReader _scalars = new(errors);

    /// <summary>Reads a whole document.</summary>
    /// <param name="root">The document.</param>
    public T Read<T>(YamlMapping root) => (T)ReadMapping(root, "", OptionShape.Of(typeof(T)));

    private object? ReadNode(YamlNode node, string path, OptionShape shape, RangeAttribute? range)
    {
        if (node is YamlScalar { IsNothing: true })
        {
            if (!errors.AnyAt(path))
            {
                errors.Add(path, ConfigurationCode.NoValue, "has no value. Give it one, or take it away.");
            }

            return null;
        }

        return shape.Kind switch
        {
            OptionKind.Secret => ReadSecret(node, path, shape),
            OptionKind.List => ReadList(node, path, shape),
            OptionKind.Map or OptionKind.Section => node is YamlMapping mapping ? ReadMapping(mapping, path, shape) : WrongShape(path, "a mapping: keys with values"),
            OptionKind.SectionOrNone => ReadSectionOrNone(node, path, shape),
            _ => node is YamlScalar scalar ? _scalars.Read(scalar, path, shape, range) : WrongShape(path, "a single value"),
        };
    }

    private object? ReadSecret(YamlNode node, string path, OptionShape shape)
    {
        if (node is YamlMapping mapping)
        {
            return ReadMapping(mapping, path, shape);
        }

        errors.Add(path, ConfigurationCode.InlineSecret, "is a secret, and no secret stands in this file. Write '{ from_file: /path }' or '{ from_env: NAME }'.");
        return null;
    }

    private object? ReadList(YamlNode node, string path, OptionShape shape)
    {
        if (node is not YamlSequence sequence)
        {
            return WrongShape(path, "a list: '[a, b]', or lines that begin with '- '");
        }

        IList list = (IList)Activator.CreateInstance(shape.Type)!;
        OptionShape item = OptionShape.Of(shape.Item!);
        for (int index = 0; index < sequence.Items.Count; index++)
        {
            if (ReadNode(sequence.Items[index], $"{path}[{index}]", item, range: null) is { } value)
            {
                list.Add(value);
            }
            else if (item.Kind == OptionKind.Section)
            {
                // An empty one keeps the place, so that the paths of those behind it stay right.
                list.Add(Activator.CreateInstance(item.Type));
            }
        }

        return list.Count == sequence.Items.Count ? list : null;
    }

    private object? ReadSectionOrNone(YamlNode node, string path, OptionShape shape)
    {
        if (node is YamlScalar { Text: "none" })
        {
            return Activator.CreateInstance(shape.Type);
        }

        if (node is YamlMapping mapping)
        {
            return Activator.CreateInstance(shape.Type, ReadMapping(mapping, path, OptionShape.Of(shape.Item!)));
        }

        return WrongShape(path, "a mapping, or the word none");
    }

    private object ReadMapping(YamlMapping mapping, string path, OptionShape shape)
    {
        object options = Activator.CreateInstance(shape.Type)!;
        foreach (YamlEntry entry in mapping.Entries)
        {
            string childPath = YamlPath.Child(path, entry.Key);
            if (shape.Keys.TryGetValue(entry.Key, out PropertyInfo? property))
            {
                property.SetValue(options, ReadNode(entry.Value, childPath, OptionShape.Of(property.PropertyType), property.GetCustomAttribute<RangeAttribute>()));
            }
            else if (options is IDictionary map)
            {
                ReadFreeEntry(entry, childPath, shape, map);
            }
            else
            {
                RefuseKey(entry, path, shape);
            }
        }

        return options;
    }

    private void RefuseKey(YamlEntry entry, string path, OptionShape shape)
    {
        if (shape.Kind == OptionKind.Secret)
        {
            // A secret may have slipped into the key, as in '{ from_env:secret }', so the key is not repeated.
            errors.Add(path, ConfigurationCode.UnknownKey, "has a key that is neither from_file nor from_env, or lacks the space behind its colon.", entry.KeyAt);
            return;
        }

        string[] allowed = [.. shape.Keys.Keys];
        string wrong = entry.Key.Contains(':', StringComparison.Ordinal) ? "lacks the space behind its colon." : $"is not a key.{Suggestion.Sentence(entry.Key, allowed)}";
        errors.Add(YamlPath.Child(path, entry.Key), ConfigurationCode.UnknownKey, $"{wrong} Allowed here: {string.Join(", ", allowed)}.", entry.KeyAt);
    }

    private void ReadFreeEntry(YamlEntry entry, string path, OptionShape shape, IDictionary map)
    {
        if (ReadNode(entry.Value, path, OptionShape.Of(shape.Item!), range: null) is { } value)
        {
            map[entry.Key] = value;
        }
    }

    private object? WrongShape(string path, string needed)
    {
        errors.Add(path, ConfigurationCode.WrongShape, $"needs {needed}.");
        return null;
    }
}
