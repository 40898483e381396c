using System.Buffers.Binary;
using OzGateway.Identity;

namespace OzGateway.Attempts;

/// <summary>A user in a budget: 128 bits of the user key, which is a keyed hash nobody can aim at, kept apart by the budget.</summary>
/// <param name="Low">Half of them; says the stripe.</param>
/// <param name="High">The other half; says the place in it.</param>
internal readonly record struct UserSlot(ulong Low, ulong High)
{
    /// <summary>The slot of a user.</summary>
    public static UserSlot Of(UserKey user, AttemptRules rules) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(user.Bytes) ^ rules.Seed.Low,
        BinaryPrimitives.ReadUInt64LittleEndian(user.Bytes.AsSpan(sizeof(ulong))) ^ rules.Seed.High);

    /// <summary>Where it would like to be among so many.</summary>
    public int Place(int count) => (int)Math.BigMul(High, (ulong)count, out _);
}
