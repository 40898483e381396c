namespace OzGateway.Simulator.OzApi;

/// <summary>A documented error of Oz API: <c>{"error_code", "error_message", "details"}</c>.</summary>
internal sealed record OzApiError(int Status, int Code, string Message)
{
    public static OzApiError Unknown { get; } = new(StatusCodes.Status500InternalServerError, 0, "Unknown server side error occurred");

    public static OzApiError NotAllowed { get; } = new(StatusCodes.Status405MethodNotAllowed, 1, "Method not allowed");

    public static OzApiError InvalidStructure { get; } = new(StatusCodes.Status400BadRequest, 3, "Invalid structure");

    public static OzApiError InvalidValue { get; } = new(StatusCodes.Status400BadRequest, 4, "Invalid value");

    public static OzApiError ContainerDamaged { get; } = new(StatusCodes.Status400BadRequest, 5, "Invalid request data");

    public static OzApiError TokenMissing { get; } = new(StatusCodes.Status401Unauthorized, 6, "Auth credentials not provided");

    public static OzApiError TokenInvalid { get; } = new(StatusCodes.Status401Unauthorized, 7, "Auth token invalid");

    public static OzApiError SessionNotFound { get; } = new(StatusCodes.Status401Unauthorized, 7, "Session not found");

    public static OzApiError TokenExpired { get; } = new(StatusCodes.Status401Unauthorized, 8, "Auth token is expired");

    public static OzApiError Forbidden { get; } = new(StatusCodes.Status403Forbidden, 9, "Access denied");

    public static OzApiError RefreshForbidden { get; } = new(StatusCodes.Status403Forbidden, 9, "You have not access to refresh this session");

    public static OzApiError NotExist { get; } = new(StatusCodes.Status404NotFound, 10, "Not exist");

    public static OzApiError ExternalService { get; } = new(StatusCodes.Status503ServiceUnavailable, 11, "External service error");

    public string ToJson() => $"{{\"error_code\":{Code},\"error_message\":\"{Message}\",\"details\":null}}";
}
