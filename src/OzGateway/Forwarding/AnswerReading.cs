namespace OzGateway.Forwarding;

/// <summary>Reads an answer of the adapter and writes what of it may leave.</summary>
/// <param name="context">The call.</param>
/// <param name="answer">The head of the answer.</param>
/// <param name="body">Its body, under the clock.</param>
internal delegate ValueTask AnswerReading(HttpContext context, HttpResponseMessage answer, Stream body);
