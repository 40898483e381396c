using System.Text;

namespace OzGateway.Benchmarks;

/// <summary>A document of the shape that the adapter answers in full mode.</summary>
internal static class ResultDocument
{
    /// <summary>Length of a plain result.</summary>
    public const int Plain = 5_600;

    /// <summary>Length of one with many media.</summary>
    public const int Large = 189_000;

    /// <summary>Filled with media records up to the length.</summary>
    public static byte[] Full(int length)
    {
        const string Medium = """{"media_id":"0f8fad5b-d9cb-469f-a165-70867728950e","original_url":"https:\/\/media.example\/0f8fad5b.jpg","info":{"width":720,"height":1280,"fps":29.97,"tags":["video_selfie","blank"]},"confidence":0.0123},""";
        var document = new StringBuilder("""{"analyses":{"quality":{"state":"finished","resolution":"success","result_json":{"confidence_spoofing":0.0123,"source_media":[""");
        while (document.Length < length - Medium.Length)
        {
            document.Append(Medium);
        }

        document.Length--;
        return Encoding.UTF8.GetBytes(document.Append("""]}}},"folder_id":"7c9e6679-7425-40de-944b-e07fc1f90ae7","state":"finished"}""").ToString());
    }
}
