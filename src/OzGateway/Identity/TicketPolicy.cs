using System.Text.RegularExpressions;
using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>Where a ticket travels. <c>Identity</c> means that there is none.</summary>
internal enum TicketCarrier
{
    /// <summary>A <c>__Host-</c> cookie: HttpOnly, Secure, SameSite=Lax. The default.</summary>
    Cookie,

    /// <summary>The first segment of the plugin's address, which its relative calls then carry: for pages on another site.</summary>
    Path,

    /// <summary>No ticket: the user comes from another source in every call.</summary>
    Identity,
}

/// <summary>How a ticket travels and how long it lives.</summary>
/// <param name="Carrier">Where it travels. Default cookie.</param>
/// <param name="CookieName">Name of the cookie. Default <c>__Host-ozgateway-ticket</c>, or <c>ozgateway-ticket</c> with <paramref name="DangerousPlainHttpCookie"/>.</param>
/// <param name="DangerousPlainHttpCookie">The cookie may travel over plain http. Default false.</param>
internal sealed partial record TicketPolicy(TicketCarrier Carrier, string CookieName, bool DangerousPlainHttpCookie)
{
    private const string HostPrefix = "__Host-";

    /// <summary>Path under which the public door is mounted; a ticket in the path stands behind it. Default none.</summary>
    public string PublicPrefix { get; init; } = "";

    /// <summary>What stands before a ticket in the path.</summary>
    public string TicketPrefix => PublicPrefix + "/t/";

    /// <summary>Path of the plugin's script, behind the ticket, under the carrier path. Default: the first path of the first static route.</summary>
    public string? PluginPath { get; init; }

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="script">Path of the plugin's script by the routes, or null.</param>
    /// <param name="errors">Where errors go.</param>
    public static TicketPolicy? Create(TicketOptions options, string path, string? script, ConfigurationErrors errors)
    {
        bool plainHttp = options.DangerousPlainHttpCookie ?? false;
        string name = options.CookieName ?? (plainHttp ? "ozgateway-ticket" : "__Host-ozgateway-ticket");
        if (!TextShapes.IsToken(name))
        {
            errors.Add($"{path}.cookie_name", ConfigurationCode.BadText, "is not the name of a cookie. Write for example '__Host-ozgateway-ticket'.");
        }

        if (plainHttp)
        {
            errors.Warn($"{path}.dangerous_plain_http_cookie", ConfigurationCode.Dangerous, "lets the ticket travel over plain http, where anyone on the way can take it.");
            if (name.StartsWith(HostPrefix, StringComparison.OrdinalIgnoreCase))
            {
                errors.Add($"{path}.cookie_name", ConfigurationCode.Contradiction, "begins with '__Host-', which browsers accept over https only. Take another name, or take dangerous_plain_http_cookie away.");
            }
        }

        TicketCarrier carrier = options.Carrier ?? TicketCarrier.Cookie;
        CheckPlugin(options.PluginPath, carrier, script, $"{path}.plugin_path", errors);
        return errors.AnyAt(path) ? null : new TicketPolicy(carrier, name, plainHttp)
        {
            PluginPath = carrier is TicketCarrier.Path ? options.PluginPath ?? script : null,
        };
    }

    private static void CheckPlugin(string? plugin, TicketCarrier carrier, string? script, string path, ConfigurationErrors errors)
    {
        if (plugin is not null && carrier is not TicketCarrier.Path)
        {
            errors.Add(path, ConfigurationCode.Contradiction, "has no place here: only under the carrier path a ticket stands in the plugin's address.");
        }
        else if (plugin is null && script is null && carrier is TicketCarrier.Path)
        {
            errors.Add(path, ConfigurationCode.Missing, "is missing, and no static route names one path. Write for example 'plugin_path: /plugin.js'.");
        }
        else if (plugin is not null && !PluginShape().IsMatch(plugin))
        {
            errors.Add(path, ConfigurationCode.BadPath, "is not the path of a script. Write for example '/plugin.js': letters, digits, -, _ and . between slashes.");
        }
    }

    [GeneratedRegex(@"^(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}){1,8}\z")]
    private static partial Regex PluginShape();
}
