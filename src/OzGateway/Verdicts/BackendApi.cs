namespace OzGateway.Verdicts;

/// <summary>What a backend may ask, with which right. <c>openapi.json</c> says the same in the words of others.</summary>
internal static class BackendApi
{
    private const string DocumentName = "OzGateway.Verdicts.openapi.json";

    /// <summary>Maps all of it; the caller closes it to every door but the backend's.</summary>
    public static RouteGroupBuilder MapBackendApi(this IEndpointRouteBuilder endpoints)
    {
        var all = endpoints.MapGroup("");
        all.MapGet("/.well-known/jwks.json", static (HttpContext context, ReceiptEndpoints receipts) => receipts.PublishAsync(context));

        var guarded = all.MapGroup("");
        guarded.MapGet("/openapi.json", DescribeAsync).WithMetadata(new RequiredRights("describe", BackendRights.None));
        guarded.MapGet("/transactions", static (HttpContext context, TransactionDesk desk) => desk.ListAsync(context))
            .WithMetadata(new RequiredRights("list", BackendRights.Read));
        guarded.MapPost("/transactions", static (HttpContext context, TransactionDesk desk) => desk.IssueAsync(context))
            .WithMetadata(new RequiredRights("issue", BackendRights.Issue));
        guarded.MapGet("/transactions/{id}", static (HttpContext context, string id, VerdictEndpoints verdicts) => verdicts.ReadAsync(context, id))
            .WithMetadata(new RequiredRights("read", BackendRights.Read));
        guarded.MapDelete("/transactions/{id}", static (HttpContext context, string id, TransactionDesk desk) => desk.RevokeAsync(context, id))
            .WithMetadata(new RequiredRights("revoke", BackendRights.Issue));
        guarded.MapPost("/transactions/{id}/receipt", static (HttpContext context, string id, ReceiptEndpoints receipts) => receipts.TakeAsync(context, id))
            .WithMetadata(new RequiredRights("receipt", BackendRights.Read));
        guarded.AddEndpointFilter<RouteGroupBuilder, BackendDoorFilter>();
        return all;
    }

    /// <summary>Registers what stands behind it.</summary>
    public static IServiceCollection AddBackendApi(this IServiceCollection services, BackendPolicy door, VerdictPolicy policy)
    {
        services.AddSingleton(door);
        services.AddSingleton(policy);
        services.AddSingleton<BackendCredentials>();
        services.AddSingleton<VerdictWaiter>();
        services.AddSingleton<VerdictFolders>();
        services.AddSingleton<VerdictReader>();
        services.AddSingleton<VerdictEndpoints>();
        services.AddSingleton<ReceiptEndpoints>();
        services.AddSingleton<TransactionDesk>();
        services.AddSingleton<TransactionNews>();
        services.AddSingleton(provider => new IdempotentAnswers<IssuedForUser>(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new IdempotentAnswers<ReceiptAnswer>(provider.GetRequiredService<TimeProvider>()));
        if (policy.Receipts is { Keys: not null } receipts)
        {
            services.AddSingleton(receipts);
            services.AddSingleton<ReceiptSigner>();
        }

        return services;
    }

    private static async Task DescribeAsync(HttpContext context)
    {
        await using var document = typeof(BackendApi).Assembly.GetManifestResourceStream(DocumentName)!;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Length;
        await document.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
