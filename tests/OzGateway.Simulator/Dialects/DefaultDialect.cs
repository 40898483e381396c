namespace OzGateway.Simulator.Dialects;

/// <summary>The paths are those seen in public; where <c>meta</c> sits follows Oz API's own spelling.</summary>
internal static class DefaultDialect
{
    public static Dialect Create() => new()
    {
        Name = "default",
        Paths = new DialectPaths
        {
            Script = "/plugin_liveness.php",
            Config = "/config.php",
            Init = "/init.php",
            Submit = "/request.php",
            Poll = "/request.php",
            Telemetry = ["/tm.php", "/event.php"],
            AssetFolders = ["/plugin/", "/vendor/"],
        },
        PollMethod = "POST",
        Bodies = [BodyKind.Multipart, BodyKind.Json, BodyKind.Form, BodyKind.Container],
        MultipartMetadata = new MetadataPlace(MetadataForm.Json, "meta", []),
        JsonMetadata = new MetadataPlace(MetadataForm.Json, null, ["meta"]),
        FormMetadata = new MetadataPlace(MetadataForm.Json, "meta", []),
        TransactionIdKey = "transaction_id",
        EndUserIdKey = "end_user_id",
        MediaName = "media",
        SessionCarrier = SessionCarrier.Body,
        SessionName = "session_id",
        InitSessionPath = ["session_id"],
        StateMember = "state",
        ProcessingWord = "processing",
        FinishedWord = "finished",
        FolderIdMember = "folder_id",
        AnalysesMember = "analyses",
        Wrapper = ResultWrapper.None,
        ResultContentType = "application/json",
        SessionContentType = "application/json",
    };
}
