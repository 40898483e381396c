using System.Buffers.Binary;
using OzGateway.Identity;

namespace OzGateway.Attempts;

/// <summary>What is known of an attempt's end.</summary>
internal enum AttemptState
{
    /// <summary>Nothing yet: counts like failed.</summary>
    Pending,

    /// <summary>Failed.</summary>
    Declined,

    /// <summary>Succeeded.</summary>
    Succeeded,

    /// <summary>Given back; remembered from then on, because of the refund limit.</summary>
    GivenBack,
}

/// <summary>One attempt in 16 bytes.</summary>
internal struct AttemptEntry
{
    private const int TimeShift = 16;
    private const int StateShift = 12;
    private const int CallsShift = 6;
    private const ulong StateMask = 0xF;
    private const ulong CountMask = 0x3F;

    private ulong _rest;

    /// <summary>An attempt that begins.</summary>
    /// <param name="id">Its short name.</param>
    /// <param name="time">Milliseconds on the limiter's clock.</param>
    /// <param name="running">Whether its calls in flight are followed.</param>
    public AttemptEntry(ulong id, long time, bool running)
    {
        Id = id;
        _rest = ((ulong)time << TimeShift) | (1UL << CallsShift) | (running ? 1UL : 0UL);
    }

    /// <summary>Its short name: 8 of the 16 random bytes of its id, which no other attempt of one user shares.</summary>
    public ulong Id { get; }

    /// <summary>When it began (or was given back): milliseconds on the limiter's clock, 48 bits.</summary>
    public readonly long Time => (long)(_rest >> TimeShift);

    /// <summary>What is known of its end.</summary>
    public AttemptState State
    {
        readonly get => (AttemptState)((_rest >> StateShift) & StateMask);
        set => _rest = (_rest & ~(StateMask << StateShift)) | ((ulong)value << StateShift);
    }

    /// <summary>Calls taken, at most 63.</summary>
    public int Calls
    {
        readonly get => (int)((_rest >> CallsShift) & CountMask);
        set => _rest = (_rest & ~(CountMask << CallsShift)) | ((ulong)value << CallsShift);
    }

    /// <summary>Calls in flight, at most 63.</summary>
    public int Running
    {
        readonly get => (int)(_rest & CountMask);
        set => _rest = (_rest & ~CountMask) | (uint)value;
    }

    /// <summary>The same attempt, given back at this time.</summary>
    public readonly AttemptEntry GivenBackAt(long time) => new(Id, time, running: false) { State = AttemptState.GivenBack };

    /// <summary>Short name of an id.</summary>
    public static ulong ShortName(TransactionId id) => BinaryPrimitives.ReadUInt64LittleEndian(id.Bytes);
}
