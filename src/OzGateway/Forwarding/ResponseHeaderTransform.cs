using Yarp.ReverseProxy.Transforms;

namespace OzGateway.Forwarding;

/// <summary>Lets of the head of a forwarded answer pass what may.</summary>
internal sealed class ResponseHeaderTransform(AnswerPassage passage) : ResponseTransform
{
    /// <inheritdoc />
    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { } answer)
        {
            // YARP has copied the text behind the adapter's status; what stands there is the adapter's word, not ours.
            context.HttpContext.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = null;
            passage.Write(context.HttpContext, answer);
        }

        return ValueTask.CompletedTask;
    }
}
