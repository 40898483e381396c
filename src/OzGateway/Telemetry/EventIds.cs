namespace OzGateway.Telemetry;

/// <summary>Numbers of log events. Each room owns a hundred; a number is never used again.</summary>
internal static class EventIds
{
    public const int RequestFailed = 100;

    public const int Started = 200;
    public const int ConfigurationWarning = 201;
    public const int Draining = 202;
    public const int Stopped = 203;
    public const int SubmissionDecided = 204;
    public const int EndsNow = 205;
    public const int CertificateRenewed = 206;
    public const int CertificateRefused = 207;
    public const int AuthoritiesRefused = 208;
    public const int DoorFull = 209;
    public const int SecretsRenewed = 210;
    public const int SecretsRejected = 211;
    public const int AddressFull = 212;
    public const int OperatorRefused = 220;
    public const int AdminKeysRenewed = 221;
    public const int AdminKeysRejected = 222;

    public const int RequestRefused = 300;
    public const int PageRefused = 301;

    public const int UserTokenRefused = 400;
    public const int KeySetUnavailable = 401;

    public const int AttemptExceeded = 500;
    public const int AttemptStoreAway = 501;
    public const int AttemptStoreBack = 502;

    public const int TransactionRefused = 600;
    public const int RelaySuspected = 601;
    public const int UseGivenBack = 603;
    public const int FolderConflict = 605;
    public const int ShapeSeen = 606;

    public const int UpstreamFailed = 700;
    public const int DestinationChanged = 701;
    public const int ClientStalled = 702;
    public const int CookieDropped = 710;

    public const int FileRefused = 720;
    public const int PinMismatch = 721;

    public const int ResponseRejected = 800;
    public const int UnprotectedResponse = 801;
    public const int MemberUnknown = 802;
    public const int AdapterModeUnexpected = 803;

    public const int BackendRefused = 901;
    public const int BackendAnswered = 902;
    public const int BackendKeysRenewed = 903;
    public const int BackendKeysRejected = 904;
    public const int ReceiptKeysRenewed = 905;
    public const int ReceiptKeysRejected = 906;

    public const int OzApiFailed = 1000;
    public const int OzTokenRenewed = 1001;

    public const int AuditFailed = 1100;

    public const int RedisUnreachable = 1200;
    public const int RedisCommandFailed = 1201;
}
