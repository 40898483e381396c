using System.ComponentModel.DataAnnotations;
using OzGateway.Attempts;
using OzGateway.Edge;
using OzGateway.Forwarding;
using OzGateway.Projection;
using OzGateway.Transactions;

namespace OzGateway.Configuration;

/// <summary>One route of the public door. Naming any route replaces all embedded ones; a path that no route names is 404.</summary>
internal sealed class RouteOptions
{
    /// <summary>Unique name for logs and budgets, <c>[a-z0-9_-]{1,64}</c>.</summary>
    [Required]
    public string? Id { get; set; }

    /// <summary>What the route is for. The role gives the policies; only the word <c>none</c> takes one away.</summary>
    /// <value>result</value>
    public RouteRole? Role { get; set; }

    /// <summary>Which calls are meant.</summary>
    [Required]
    public MatchOptions? Match { get; set; }

    /// <summary>Where the route leads: a name under <c>upstreams</c>. Required, but on a blocked route, which leads nowhere.</summary>
    public string? Upstream { get; set; }

    /// <summary>Media types that make a call on an exchange route a submission, besides multipart and octet-stream.</summary>
    /// <value>none</value>
    public List<string>? SubmissionTypes { get; set; }

    /// <summary>A name under <c>capacity</c>, or the word <c>none</c>.</summary>
    /// <value>none</value>
    public string? Capacity { get; set; }

    /// <summary>The transaction of submissions: keys that are not written are those of the section <c>transaction</c>. The word <c>none</c> takes it away. Roles submission and exchange.</summary>
    /// <value>the section transaction</value>
    public SectionOptions<TransactionOptions>? Transaction { get; set; }

    /// <summary>The attempts of submissions: keys that are not written are those of the section <c>attempts</c>. A route that changes anything counts in a budget of its own. The word <c>none</c> takes them away. Roles submission and exchange.</summary>
    /// <value>the section attempts</value>
    public SectionOptions<AttemptOptions>? Attempts { get; set; }

    /// <summary>What may leave: keys that are not written are those of the section <c>projection</c>. Never <c>none</c>. Roles result, submission, exchange and session.</summary>
    /// <value>the section projection</value>
    public SectionOptions<ProjectionOptions>? Projection { get; set; }

    /// <summary>Which files pass, and how long they may be kept. Role static.</summary>
    public PluginFileOptions? Files { get; set; }

    /// <summary>What of a request passes to the adapter besides what the role lets through.</summary>
    public PassOptions? Pass { get; set; }

    /// <summary>Only the word <c>none</c>: the route needs no user. Not together with attempts or a transaction.</summary>
    /// <value>the section user_key</value>
    public NoneWord? UserKey { get; set; }
}

/// <summary>The word that takes something away.</summary>
internal enum NoneWord
{
    /// <summary>None.</summary>
    None,
}
