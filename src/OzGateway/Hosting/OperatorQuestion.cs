namespace OzGateway.Hosting;

/// <summary>What an operator asks about one user.</summary>
/// <param name="Reset">Whether to forget the attempts, not only to show them.</param>
/// <param name="User">The user id as in the claim, or null.</param>
/// <param name="Address">A client address, or null.</param>
internal sealed record OperatorQuestion(bool Reset, string? User, string? Address)
{
    /// <summary>The question as the admin door takes it: the user in a header, for addresses stand in logs.</summary>
    public HttpRequestMessage Request(Uri address, string? key)
    {
        var request = new HttpRequestMessage(Reset ? HttpMethod.Delete : HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        request.Headers.TryAddWithoutValidation(User is null ? AttemptEndpoints.AddressHeader : AttemptEndpoints.UserHeader, User ?? Address);
        return request;
    }
}

/// <summary>What an operator is told.</summary>
/// <param name="Done">Whether it was done.</param>
/// <param name="Text">What to print.</param>
internal sealed record OperatorAnswer(bool Done, string Text);
