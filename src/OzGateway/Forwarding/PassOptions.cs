namespace OzGateway.Forwarding;

/// <summary>What of a request passes to the adapter besides what the role of its route lets through.</summary>
internal sealed class PassOptions
{
    /// <summary>Names of further request headers that pass. Headers that frame a message, name a host, carry credentials or say where a call came from are refused.</summary>
    /// <value>none</value>
    public List<string>? Headers { get; set; }

    /// <summary>Keys of the query that alone pass, exactly spelled; <c>[]</c> for none.</summary>
    /// <value>all but those that the gateway sets itself, and result_mode</value>
    public List<string>? Query { get; set; }

    /// <summary>Headers with which a page proves to the adapter who it is: for an adapter that expects an Oz token from its client. Whoever holds the page then holds the credential.</summary>
    /// <value>none</value>
    public List<CredentialHeader>? DangerousCredentials { get; set; }
}

/// <summary>A header that carries a credential.</summary>
internal enum CredentialHeader
{
    /// <summary><c>Authorization</c>.</summary>
    Authorization,

    /// <summary><c>X-Forensic-Access-Token</c>: a token of Oz API.</summary>
    XForensicAccessToken,
}
