using System.Net;

namespace OzGateway.Simulator;

/// <summary>How a simulator is started.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The TCP port. 0 to 65535; default 0 = any free one.</summary>
    public int Port { get; init; }

    /// <summary>The address listened on. Default loopback.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>Path under which the Web Adapter is mounted, such as <c>/tenant-7/web</c>; outside it is nothing of the adapter. Default empty.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>How the Web Adapter spells its protocol. Default <see cref="Dialect.Default"/>.</summary>
    public Dialect Dialect { get; init; } = Dialect.Default;

    /// <summary>The behaviour at the start. Default <see cref="Scenario.Success"/>.</summary>
    public Scenario Scenario { get; init; } = Scenario.Success;

    /// <summary>The clock of folders, tokens and delays. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A token of a service account that Oz API accepts without a login and that does not age. Default a fixed one of 128 hex characters.</summary>
    public string OzApiToken { get; init; } = string.Concat(Enumerable.Repeat("5e41c0de", 16));

    /// <summary>The account's e-mail for <c>POST /api/authorize/auth/</c>.</summary>
    public string Email { get; init; } = "gateway@example.test";

    /// <summary>The account's password for <c>POST /api/authorize/auth/</c>.</summary>
    public string Password { get; init; } = "simulated-password";

    /// <summary>The life of a token got by login or refresh, renewed by every use. Default 15 minutes.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether submissions and polls are taken whose adapter session was never opened. Default false: they get 403.</summary>
    public bool AcceptUnknownSessions { get; init; }

    /// <summary>How many requests, adapter sessions and folders (each for itself) are kept, newest first; older ones are forgotten. Default 100 000.</summary>
    public int KeptLimit { get; init; } = 100_000;
}
