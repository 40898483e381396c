namespace OzGateway.Demo;

/// <summary>What was asked for on the command line.</summary>
internal sealed record DemoOptions
{
    private static readonly string[] Soaks = ["uploads", "flapping", "drain", "edge", "slow-clients", "bombs"];

    /// <summary>The long run that was asked for, or null.</summary>
    public string? Soak { get; init; }

    /// <summary>One check, then exit.</summary>
    public bool Once { get; init; }

    /// <summary>Any free ports instead of 8080, 8081, 9090, 8090 and 8088.</summary>
    public bool AnyPorts { get; init; }

    /// <summary>The configuration, or null for the repository's config/gateway.yaml.</summary>
    public string? Config { get; init; }

    /// <summary>The long runs of attempts: the name of one, or all.</summary>
    public string? SoakAttempts { get; init; }

    /// <summary>Rounds of races. Default 200.</summary>
    public int Rounds { get; init; } = 200;

    /// <summary>For the flapping run: how many calls. Default 3000.</summary>
    public int Requests { get; init; } = 3000;

    /// <summary>For that run: over how many connections. Default 16.</summary>
    public int Connections { get; init; } = 16;

    /// <summary>For the soak: run as the process under test, with this kind of proxy.</summary>
    public string? SoakChild { get; init; }

    /// <summary>For the soak: address of the adapter.</summary>
    public Uri? SoakUpstream { get; init; }

    /// <summary>Size of the one large upload in MiB. Default 60.</summary>
    public int Mib { get; init; } = 60;

    /// <summary>Uploads at once. Default 32.</summary>
    public int Parallel { get; init; } = 32;

    /// <summary>Size of each of those in MiB. Null for 2, 10, 20 and 60 in turn.</summary>
    public int? EachMib { get; init; }

    /// <summary>Reads the arguments; null where they are not understood.</summary>
    public static DemoOptions? Parse(string[] args)
    {
        var options = new DemoOptions();
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var word))
        {
            switch (word)
            {
                case "--once": options = options with { Once = true }; break;
                case "--ports" when rest.TryDequeue(out var ports) && ports == "0": options = options with { AnyPorts = true }; break;
                case "--config" when rest.TryDequeue(out var config): options = options with { Config = config }; break;
                case "soak" when rest.TryPeek(out var what) && Soaks.Contains(what):
                    options = options with { Soak = rest.Dequeue(), AnyPorts = true };
                    break;
                case "soak" when rest.TryDequeue(out var attempts) && attempts == "attempts":
                    options = options with { SoakAttempts = rest.TryPeek(out var which) && !which.StartsWith('-') ? rest.Dequeue() : "all" };
                    break;
                case "--rounds" when TryNumber(rest, out var rounds): options = options with { Rounds = rounds }; break;
                case "--requests" when TryNumber(rest, out var requests): options = options with { Requests = requests }; break;
                case "--connections" when TryNumber(rest, out var connections): options = options with { Connections = connections }; break;
                case "--mib" when TryNumber(rest, out var mib): options = options with { Mib = mib }; break;
                case "--parallel" when TryNumber(rest, out var parallel): options = options with { Parallel = parallel }; break;
                case "--each-mib" when TryNumber(rest, out var each): options = options with { EachMib = each }; break;
                case "soak-child" when rest.TryDequeue(out var kind) && rest.TryDequeue(out var upstream) && Uri.TryCreate(upstream, UriKind.Absolute, out var address):
                    options = options with { SoakChild = kind, SoakUpstream = address, AnyPorts = true };
                    break;
                default: return null;
            }
        }

        return options;
    }

    private static bool TryNumber(Queue<string> rest, out int number)
    {
        number = 0;
        return rest.TryDequeue(out var text) && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out number) && number is > 0 and <= 100_000;
    }
}
