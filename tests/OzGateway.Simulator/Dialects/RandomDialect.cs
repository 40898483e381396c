namespace OzGateway.Simulator.Dialects;

/// <summary>Made-up words in valid combinations.</summary>
internal static class RandomDialect
{
    public static Dialect Create(int seed)
    {
        var random = new Random(seed);
        var word = new WordMaker(random);
        var carrier = Pick(Enum.GetValues<SessionCarrier>());
        var wrapper = Pick(Enum.GetValues<ResultWrapper>());
        var submit = "/" + word.Next();
        var session = word.Next();
        var folder = "/" + word.Next() + "/";
        return new Dialect
        {
            Name = FormattableString.Invariant($"random:{seed}"),
            Paths = new DialectPaths
            {
                Script = $"{folder}{word.Next()}.js",
                Config = folder + word.Next(),
                Init = folder + word.Next(),
                Submit = submit,
                Poll = random.Next(2) == 0 ? submit : "/" + word.Next(),
                Telemetry = ["/" + word.Next(), "/" + word.Next()],
                AssetFolders = [$"/{word.Next()}/"],
            },
            PollMethod = carrier == SessionCarrier.Body || random.Next(2) == 0 ? "POST" : "GET",
            Bodies = [BodyKind.Multipart, .. Enum.GetValues<BodyKind>().Where(kind => kind != BodyKind.Multipart && random.Next(2) == 0)],
            MultipartMetadata = Entry(),
            JsonMetadata = random.Next(2) == 0
                ? new MetadataPlace(MetadataForm.Json, null, Path(1))
                : new MetadataPlace(MetadataForm.JsonInString, null, Path(1)),
            FormMetadata = Entry(),
            TransactionIdKey = word.Next(),
            EndUserIdKey = word.Next(),
            MediaName = word.Next(),
            SessionCarrier = carrier,
            SessionName = session,
            InitSessionPath = Path(1),
            StateMember = word.Next(),
            ProcessingWord = word.Next(),
            FinishedWord = word.Next(),
            FolderIdMember = word.Next(),
            AnalysesMember = word.Next(),
            Wrapper = wrapper,
            WrapperMember = wrapper is ResultWrapper.None or ResultWrapper.Array ? null : word.Next(),
            ResultContentType = Pick(["application/json", "text/html; charset=UTF-8", "text/plain"]),
            SessionContentType = Pick(["application/json", "text/html; charset=UTF-8", "text/plain"]),
        };

        T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];

        string[] Path(int least) => [.. Enumerable.Range(0, random.Next(least, 3)).Select(_ => word.Next())];

        MetadataPlace Entry() => random.Next(3) switch
        {
            0 => new MetadataPlace(MetadataForm.Json, word.Next(), Path(0)),
            1 => new MetadataPlace(MetadataForm.JsonInString, word.Next(), Path(1)),
            _ => new MetadataPlace(MetadataForm.EntryPerKey, word.Next() + "[*]", []),
        };
    }
}
