using System.Reflection;

namespace OzGateway.Configuration.Reading;

/// <summary>Lays a route's section over the section of the same name: what is not written is inherited, key by key; a list or mapping of names is inherited or replaced as a whole.</summary>
internal static class OptionsMerge
{
    /// <summary>A new section: the keys of the upper one, and those of the lower one where the upper has none.</summary>
    /// <param name="lower">What is inherited.</param>
    /// <param name="upper">What is written.</param>
    public static T Over<T>(T lower, T upper)
        where T : class, new() => (T)Over((object)lower, upper);

    private static object Over(object lower, object upper)
    {
        object merged = Activator.CreateInstance(upper.GetType())!;
        foreach (PropertyInfo property in upper.GetType().GetProperties())
        {
            (object? below, object? above) = (property.GetValue(lower), property.GetValue(upper));
            bool both = below is not null && above is not null && OptionShape.Of(property.PropertyType).Kind == OptionKind.Section;
            property.SetValue(merged, both ? Over(below!, above!) : above ?? below);
        }

        return merged;
    }
}
