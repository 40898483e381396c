namespace OzGateway.Attempts;

/// <summary>Where a user's attempts lie, while the lock of that part of the table is held.</summary>
/// <param name="stripe">The part of the table.</param>
/// <param name="slot">The user.</param>
/// <param name="rules">The rules.</param>
/// <param name="now">Milliseconds on the limiter's clock.</param>
internal readonly ref struct AttemptPlace(AttemptStripe stripe, UserSlot slot, AttemptRules rules, long now)
{
    /// <summary>The part of the table.</summary>
    public AttemptStripe Stripe { get; } = stripe;

    /// <summary>The user.</summary>
    public UserSlot Slot { get; } = slot;

    /// <summary>Milliseconds on the limiter's clock.</summary>
    public long Now { get; } = now;

    /// <summary>The attempts as they are at this moment.</summary>
    public Span<AttemptEntry> Entries => Stripe.Of(Slot);

    /// <summary>The same under the rules.</summary>
    public AttemptLog Log => new(Entries, rules, Now);

    /// <summary>Says how long the user matters: as long as the newest attempt does; one who is disabled, until a reset.</summary>
    public void Mark()
    {
        var entries = Entries;
        if (entries.Length > 0)
        {
            var isDisabled = new AttemptLog(entries, rules, Now).IsDisabled();
            Stripe.Until(Slot, isDisabled ? uint.MaxValue : (uint)((entries[^1].Time + rules.HorizonMs + 999) / 1000));
        }
    }
}
