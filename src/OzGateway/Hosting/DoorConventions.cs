namespace OzGateway.Hosting;

/// <summary>Binds endpoints to a door.</summary>
internal static class DoorConventions
{
    /// <summary>The endpoints can be reached through this door only.</summary>
    public static TBuilder RequireDoor<TBuilder>(this TBuilder builder, Door door)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new RequiredDoor(door)));
        return builder;
    }
}
