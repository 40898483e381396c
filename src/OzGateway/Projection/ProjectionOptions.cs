using System.ComponentModel.DataAnnotations;
using OzGateway.Payloads;

namespace OzGateway.Projection;

/// <summary>What of an answer may leave. Everything that is not named here stays; what cannot be read is answered 502 <c>upstream_response_rejected</c>.</summary>
internal sealed class ProjectionOptions
{
    /// <summary>Which members leave: <c>safe</c> lets the state leave and nothing else; <c>status</c> and <c>folder</c> are for test environments and need dangerous_result_mode.</summary>
    /// <value>safe</value>
    public ResultShape? ResultMode { get; set; }

    /// <summary>Admits a result_mode other than safe. Test environments only.</summary>
    /// <value>false</value>
    public bool? DangerousResultMode { get; set; }

    /// <summary>Where the result sits in the answer, first that fits, for example <c>$</c>, <c>$.result</c>, <c>$[*]</c>.</summary>
    /// <value>$</value>
    public List<string>? Wrappers { get; set; }

    /// <summary>Name of the member that holds the state.</summary>
    /// <value>state</value>
    public string? StateMember { get; set; }

    /// <summary>Name of the member beside the state that names the folder. It is observed, to bind the folder to its transaction, and does not leave in safe mode.</summary>
    /// <value>folder_id</value>
    public string? FolderMember { get; set; }

    /// <summary>Words of the adapter, in any case, that leave as <c>processing</c>.</summary>
    /// <value>processing</value>
    public List<string>? Processing { get; set; }

    /// <summary>Words of the adapter, in any case, that leave as <c>finished</c>. Every other word is answered 502.</summary>
    /// <value>finished, success, declined, failed, operator_required</value>
    public List<string>? Finished { get; set; }

    /// <summary>Further members that leave, for adapters whose plugin needs a handle.</summary>
    /// <value>none</value>
    public List<KeptMemberOptions>? Keep { get; set; }

    /// <summary>Largest answer, decoded.</summary>
    /// <value>4MiB</value>
    [Range(typeof(long), "1KiB", "64MiB")]
    public long? MaxDocument { get; set; }

    /// <summary>Deepest nesting of an answer.</summary>
    /// <value>64</value>
    [Range(1, 256)]
    public int? MaxDepth { get; set; }

    /// <summary>Largest ratio of decoded to encoded bytes, beyond 64 KiB decoded.</summary>
    /// <value>100</value>
    [Range(1, 10000)]
    public int? InflateRatio { get; set; }

    /// <summary>Media types read as JSON besides the JSON kinds; <c>none</c> stands for an answer without a type. PHP says text/html where nothing is set.</summary>
    /// <value>text/html, text/plain, none</value>
    public List<string>? JsonTypes { get; set; }

    /// <summary>The mode in which the adapter itself is meant to answer: <c>safe</c>, <c>status</c>, <c>folder</c> or <c>full</c>. Another one gives a warning in the log; what leaves is the same.</summary>
    /// <value>safe</value>
    public AdapterMode? ExpectedAdapterMode { get; set; }

    /// <summary>Answers leave at the next full step of this length after their request came, so that their time tells nothing.</summary>
    /// <value>none</value>
    [Range(typeof(TimeSpan), "10ms", "5s")]
    public TimeSpan? Quantise { get; set; }

    /// <summary>Answers of session routes, which pass whole unless something sensitive is in them.</summary>
    public SessionAnswerOptions? Session { get; set; }
}
