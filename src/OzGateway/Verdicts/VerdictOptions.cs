using System.ComponentModel.DataAnnotations;

namespace OzGateway.Verdicts;

/// <summary>What makes a check a success, and how the backend is answered.</summary>
internal sealed class VerdictOptions
{
    /// <summary>Analyses, besides liveness, without which there is no success: each must be there and have passed.</summary>
    /// <value>none; QUALITY is always required</value>
    public List<AnalysisType>? RequiredAnalyses { get; set; }

    /// <summary>Tags without which there is no success: one medium of the folder must carry them all, for example <c>video_selfie_blank</c>. A page can choose an easier action; the tags tell.</summary>
    /// <value>none</value>
    public List<string>? RequiredTags { get; set; }

    /// <summary>Longest time that a backend may wait for an end with <c>?wait=</c>; a longer wish is cut to it.</summary>
    /// <value>60s</value>
    [Range(typeof(TimeSpan), "0s", "5m")]
    public TimeSpan? WaitLimit { get; set; }

    /// <summary>Signed receipts. Without it there are none.</summary>
    public ReceiptOptions? Receipts { get; set; }
}

/// <summary>Types of analyses at Oz.</summary>
internal enum AnalysisType
{
    /// <summary>Liveness.</summary>
    Quality,

    /// <summary>The same person as in another picture.</summary>
    Biometry,

    /// <summary>On a list of persons.</summary>
    Collection,

    /// <summary>A document was read.</summary>
    Documents,
}
