namespace OzGateway.Configuration;

/// <summary>What an absent secret means.</summary>
internal enum SecretMode
{
    /// <summary>An error: the gateway is going to run.</summary>
    Run,

    /// <summary>A warning: the file is only checked, perhaps on another machine. A snapshot so read is not fit to run.</summary>
    Check,

    /// <summary>None is fetched: only what stands in the file itself matters. A snapshot so read is not fit to run.</summary>
    Unread,
}
