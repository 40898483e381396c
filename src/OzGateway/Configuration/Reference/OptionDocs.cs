using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OzGateway.Configuration.Reference;

/// <summary>The doc comments of the options, from the XML file beside the assembly: they are the reference manual.</summary>
internal sealed partial class OptionDocs
{
    private readonly Dictionary<string, XElement> _members;

    private OptionDocs(XDocument document) =>
        _members = document.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>Reads the file beside the assembly.</summary>
    public static OptionDocs Load() => new(XDocument.Load(Path.Combine(AppContext.BaseDirectory, "ozgateway.xml")));

    /// <summary>What a key means, in Markdown.</summary>
    /// <param name="property">The property of the key.</param>
    public string Meaning(PropertyInfo property) => Text($"P:{Name(property.DeclaringType!)}.{property.Name}", "summary");

    /// <summary>The default of a key, in Markdown; empty where there is none.</summary>
    /// <param name="property">The property of the key.</param>
    public string Default(PropertyInfo property) => Text($"P:{Name(property.DeclaringType!)}.{property.Name}", "value");

    /// <summary>What a section is, in Markdown.</summary>
    /// <param name="section">Its type.</param>
    public string Meaning(Type section) => Text($"T:{Name(section)}", "summary");

    /// <summary>What a word means, in Markdown.</summary>
    /// <param name="word">A value of an enum of the options.</param>
    public string Meaning(Enum word) => Text($"F:{Name(word.GetType())}.{word}", "summary");

    /// <summary>Markdown without its marks.</summary>
    /// <param name="markdown">The Markdown.</param>
    public static string Plain(string markdown) => markdown.Replace("`", "", StringComparison.Ordinal);

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private string Text(string member, string element) =>
        _members.TryGetValue(member, out XElement? found) && found.Element(element) is { } text ? Blanks().Replace(string.Concat(text.Nodes().Select(Markdown)), " ").Trim() : "";

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element when element.Attribute("cref") is { } cref => $"`{cref.Value[(cref.Value.LastIndexOf('.') + 1)..]}`",
        XElement element when element.Attribute("langword") is { } word => $"`{word.Value}`",
        XElement element => element.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
