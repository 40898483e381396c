namespace OzGateway.Simulator;

/// <summary>What the simulated Oz decides about a check once it is finished.</summary>
public enum Verdict
{
    /// <summary>The check passed: folder <c>FINISHED</c>, system resolution <c>SUCCESS</c>.</summary>
    Success,

    /// <summary>The check did not pass: folder <c>FINISHED</c>, system resolution <c>DECLINED</c>.</summary>
    Declined,

    /// <summary>The analysis broke: folder and system resolution <c>FAILED</c>.</summary>
    Failed,

    /// <summary>QUALITY passed, BIOMETRY needs a person: system resolution <c>OPERATOR_REQUIRED</c>.</summary>
    OperatorRequired,
}
