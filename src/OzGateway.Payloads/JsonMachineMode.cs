namespace OzGateway.Payloads;

/// <summary>What a <see cref="JsonMachine"/> expects next.</summary>
internal enum JsonMachineMode
{
    Value,
    FirstElement,
    FirstName,
    Name,
    Colon,
    CommaOrEnd,
    Done,
    Text,
    Literal,
}
