using OzGateway.Simulator;

namespace OzGateway.Tests.Testing;

/// <summary>The fixed people and keys of every story.</summary>
internal static class The
{
    public const string User = "alice";
    public const string OtherUser = "bob";
    public const string UserKeySecret = "the user key secret of all tests, 32 bytes or more";
    public const string NextUserKeySecret = "the next user key secret of all tests, 32 bytes or more";
    public const string JwtSecret = "the token secret of all tests, 32 bytes or more";
    public const string Issuer = "https://login.example";
    public const string Audience = "liveness";
    public const string BackendKey = "backend-key-of-all-tests-0123456789abcdef";
    public const string AdminKey = "admin-key-of-all-tests-0123456789abcdefgh";
    public const string MasterBackendKey = "master-backend-key-of-all-tests-0123456789";
    public const string DeskBackendKey = "desk-backend-key-of-all-tests-0123456789ab";
    public const string DetailBackendKey = "detail-backend-key-of-all-tests-0123456789";
    public const string IssuingBackendKey = "issuing-backend-key-of-all-tests-012345678";
    public const string PageTransaction = "page-made-transaction-7f0c2e0a";
    public const string PageUser = "page-made-user-1001";
    public const string PageIin = "900101300123";

    /// <summary>What a page writes into meta when it is not to be trusted.</summary>
    public static IReadOnlyDictionary<string, string> PageMeta(Dialect dialect) => new Dictionary<string, string>
    {
        [dialect.TransactionIdKey] = PageTransaction,
        [dialect.EndUserIdKey] = PageUser,
        ["iin"] = PageIin,
        ["branch"] = "Astana-7",
    };
}
