namespace OzGateway.Payloads;

/// <summary>What is known of the pairs of one object or form: a name that is a key of ours, and whether a value stands beside it.</summary>
internal struct PairWatch
{
    private bool _isNamed;
    private bool _hasValue;
    private bool _isNamedInList;
    private bool _hasValueList;

    /// <summary>Whether the page's value for a key of ours stands here, in a member that nobody knows until it is read.</summary>
    public readonly bool IsPair => (_isNamed && _hasValue) || (_isNamedInList && _hasValueList);

    /// <summary>A member for the value begins.</summary>
    public void SeeValue(bool isList)
    {
        _hasValue = true;
        _hasValueList |= isList;
    }

    /// <summary>The member for the name is a key of ours.</summary>
    public void SeeKey() => _isNamed = true;

    /// <summary>The list of names holds a key of ours.</summary>
    public void SeeKeyInList() => _isNamedInList = true;
}
