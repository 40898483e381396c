namespace OzGateway.Simulator.Dialects;

/// <summary>Chosen so that whoever hard-wired the default fails here in every place at once.</summary>
internal static class ContraryDialect
{
    public static Dialect Create() => new()
    {
        Name = "contrary",
        Paths = new DialectPaths
        {
            Script = "/face/v2/sdk/loader.js",
            Config = "/face/v2/settings",
            Init = "/face/v2/checks/open",
            Submit = "/face/v2/checks/upload",
            Poll = "/face/v2/checks/progress",
            Telemetry = ["/face/v2/beacon"],
            AssetFolders = ["/face/v2/sdk/files/"],
        },
        PollMethod = "GET",
        Bodies = [BodyKind.Multipart, BodyKind.Json, BodyKind.Form, BodyKind.Container],
        MultipartMetadata = new MetadataPlace(MetadataForm.EntryPerKey, "attributes[*]", []),
        JsonMetadata = new MetadataPlace(MetadataForm.JsonInString, null, ["envelope", "folder:context"]),
        FormMetadata = new MetadataPlace(MetadataForm.Json, "order", ["folder:context"]),
        TransactionIdKey = "attempt_reference",
        EndUserIdKey = "person_reference",
        MediaName = "recordings",
        SessionCarrier = SessionCarrier.Header,
        SessionName = "X-Check-Ticket",
        InitSessionPath = ["check", "ticket"],
        StateMember = "phase",
        ProcessingWord = "WAITING",
        FinishedWord = "DONE",
        FolderIdMember = "dossier",
        AnalysesMember = "findings",
        Wrapper = ResultWrapper.ArrayInMember,
        WrapperMember = "reports",
        ResultContentType = "text/html; charset=UTF-8",
        SessionContentType = "text/html; charset=UTF-8",
    };
}
