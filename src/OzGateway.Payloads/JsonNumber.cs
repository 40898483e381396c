namespace OzGateway.Payloads;

/// <summary>A number as RFC 8259 writes it, byte by byte.</summary>
internal struct JsonNumber
{
    private Place _place;

    private enum Place : byte
    {
        Start,
        Minus,
        Zero,
        Digits,
        Point,
        Fraction,
        Exponent,
        ExponentSign,
        ExponentDigits,
    }

    /// <summary>Whether the number may end here.</summary>
    public readonly bool IsWhole => _place is Place.Zero or Place.Digits or Place.Fraction or Place.ExponentDigits;

    /// <summary>Takes the next byte; false when the number does not go on with it.</summary>
    public bool Accept(byte b)
    {
        var next = Next(b);
        _place = next ?? _place;
        return next is not null;
    }

    private readonly Place? Next(byte b) => b switch
    {
        >= (byte)'1' and <= (byte)'9' or (byte)'0' => AfterDigit(b),
        (byte)'-' => _place switch { Place.Start => Place.Minus, Place.Exponent => Place.ExponentSign, _ => null },
        (byte)'+' => _place is Place.Exponent ? Place.ExponentSign : null,
        (byte)'.' => _place is Place.Zero or Place.Digits ? Place.Point : null,
        (byte)'e' or (byte)'E' => _place is Place.Zero or Place.Digits or Place.Fraction ? Place.Exponent : null,
        _ => null,
    };

    private readonly Place? AfterDigit(byte b) => _place switch
    {
        Place.Start or Place.Minus => b == '0' ? Place.Zero : Place.Digits,
        Place.Digits => Place.Digits,
        Place.Point or Place.Fraction => Place.Fraction,
        Place.Exponent or Place.ExponentSign or Place.ExponentDigits => Place.ExponentDigits,
        _ => null,
    };
}
