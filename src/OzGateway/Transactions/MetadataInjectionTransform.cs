using System.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace OzGateway.Transactions;

/// <summary>Wraps the body so that the server's metadata stands in what the adapter reads. One pass, bounded memory.</summary>
internal sealed class MetadataInjectionTransform : RequestTransform
{
    /// <inheritdoc />
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        if (context.HttpContext.Features.Get<InjectionFeature>() is not { } injection || context.ProxyRequest.Content is not { } content)
        {
            return ValueTask.CompletedTask;
        }

        var body = injection.Open(context.HttpContext.Request.BodyReader);
        var sent = new SentBody(body);
        context.HttpContext.Request.Body = sent;
        context.ProxyRequest.Options.Set(SentBody.Option, sent);
        context.HttpContext.Response.RegisterForDispose(body);
        // Who changes a body owns its length: it is not known before the end, so the body travels chunked.
        content.Headers.ContentLength = null;
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(injection.ContentType);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Adds the injection to every route; it acts only where the journey decided on a rewriter.</summary>
internal sealed class MetadataInjectionTransformProvider : ITransformProvider
{
    /// <inheritdoc />
    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    /// <inheritdoc />
    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    /// <inheritdoc />
    public void Apply(TransformBuilderContext context) => context.RequestTransforms.Add(new MetadataInjectionTransform());
}
