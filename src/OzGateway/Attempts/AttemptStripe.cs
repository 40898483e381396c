using System.Runtime.InteropServices;

namespace OzGateway.Attempts;

/// <summary>
/// One part of the table of users: open addressing with linear probing over slots of 28 bytes; each user's attempts lie in one block of
/// 2^n entries. Grows by a quarter, and only after what has aged was taken out. Guarded by its owner's lock.
/// </summary>
internal sealed class AttemptStripe
{
    private const int FirstSlots = 8;
    private const double MostFull = 0.85;
    private const double Growth = 1.25;
    private const int Classes = 17;

    private readonly int[] _freeBlocks = CreateFree();
    private Slot[] _slots = new Slot[FirstSlots];
    private AttemptEntry[] _entries = [];
    private int _used;
    private int _cursor;

    /// <summary>Held by whoever reads or writes.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Users remembered.</summary>
    public int Count { get; private set; }

    /// <summary>Attempts of a user; empty where there are none.</summary>
    public Span<AttemptEntry> Of(scoped in UserSlot user)
    {
        var place = Find(user);
        return place < 0 ? [] : _entries.AsSpan(_slots[place].Block, _slots[place].Count);
    }

    /// <summary>Keeps the first entries of a user and forgets the others; a user with none is forgotten.</summary>
    public void Keep(in UserSlot user, int count)
    {
        var place = Find(user);
        if (place < 0)
        {
            return;
        }

        _slots[place].Count = (ushort)count;
        if (count == 0)
        {
            Remove(place);
        }
    }

    /// <summary>Adds an attempt to a user.</summary>
    public void Append(in UserSlot user, AttemptEntry entry, long now)
    {
        var place = Find(user);
        if (place < 0)
        {
            MakeRoom(now);
            place = Place(user);
            _slots[place] = new Slot { Low = user.Low, High = user.High, Block = Take(0) };
            Count++;
        }

        ref var slot = ref _slots[place];
        if (slot.Count == 1 << slot.Class)
        {
            var block = Take(slot.Class + 1);
            _entries.AsSpan(slot.Block, slot.Count).CopyTo(_entries.AsSpan(block));
            Give(slot.Block, slot.Class);
            (slot.Block, slot.Class) = (block, (byte)(slot.Class + 1));
        }

        _entries[slot.Block + slot.Count++] = entry;
    }

    /// <summary>Says until when a user matters: seconds on the limiter's clock.</summary>
    public void Until(in UserSlot user, uint seconds)
    {
        var place = Find(user);
        if (place >= 0)
        {
            _slots[place].ForgetAt = seconds;
        }
    }

    /// <summary>Looks at a few slots, one round after another, and forgets the users there who do not matter any more. Says how many.</summary>
    public int ForgetSome(int slots, long now)
    {
        var before = Count;
        for (var looked = 0; looked < slots && Count > 0; looked++)
        {
            _cursor = Next(_cursor);
            while (_slots[_cursor].Count > 0 && _slots[_cursor].ForgetAt <= now / 1000)
            {
                Remove(_cursor);
            }
        }

        return before - Count;
    }

    /// <summary>Forgets every user who does not matter any more. Says how many.</summary>
    public int ForgetAll(long now) => ForgetSome(_slots.Length, now);

    private static int[] CreateFree()
    {
        var free = new int[Classes];
        Array.Fill(free, -1);
        return free;
    }

    private int Find(in UserSlot user)
    {
        var place = user.Place(_slots.Length);
        while (_slots[place].Count > 0)
        {
            if (_slots[place].Low == user.Low && _slots[place].High == user.High)
            {
                return place;
            }

            place = Next(place);
        }

        return -1;
    }

    private int Place(in UserSlot user)
    {
        var place = user.Place(_slots.Length);
        while (_slots[place].Count > 0)
        {
            place = Next(place);
        }

        return place;
    }

    private int Next(int place) => place + 1 < _slots.Length ? place + 1 : 0;

    private void MakeRoom(long now)
    {
        if (Count + 1 <= MostFull * _slots.Length)
        {
            return;
        }

        ForgetAll(now);
        if (Count + 1 <= MostFull * _slots.Length)
        {
            return;
        }

        var old = _slots;
        _slots = new Slot[(int)(old.Length * Growth) + 1];
        foreach (var slot in old)
        {
            if (slot.Count > 0)
            {
                _slots[Place(new UserSlot(slot.Low, slot.High))] = slot;
            }
        }

        _cursor = 0;
    }

    // What stands behind moves up, so that no probe ends too early.
    private void Remove(int place)
    {
        Give(_slots[place].Block, _slots[place].Class);
        Count--;
        var hole = place;
        for (var next = Next(hole); _slots[next].Count > 0; next = Next(next))
        {
            var home = new UserSlot(_slots[next].Low, _slots[next].High).Place(_slots.Length);
            var reaches = hole <= next ? home <= hole || home > next : home <= hole && home > next;
            if (reaches)
            {
                _slots[hole] = _slots[next];
                hole = next;
            }
        }

        _slots[hole] = default;
    }

    // A free block holds the place of the next free one of its class in its first entry.
    private int Take(int size)
    {
        var block = _freeBlocks[size];
        if (block >= 0)
        {
            _freeBlocks[size] = (int)_entries[block].Time - 1;
            return block;
        }

        if (_used + (1 << size) > _entries.Length)
        {
            Array.Resize(ref _entries, Math.Max(_used + (1 << size), (int)(_entries.Length * Growth) + FirstSlots));
        }

        block = _used;
        _used += 1 << size;
        return block;
    }

    private void Give(int block, int size)
    {
        _entries[block] = new AttemptEntry(0, _freeBlocks[size] + 1, running: false);
        _freeBlocks[size] = block;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Slot
    {
        public ulong Low;
        public ulong High;
        public int Block;
        public uint ForgetAt;
        public ushort Count;
        public byte Class;
    }
}
