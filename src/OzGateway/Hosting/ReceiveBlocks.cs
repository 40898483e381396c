using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OzGateway.Hosting;

/// <summary>
/// The memory that requests are received into: large blocks, for each is one read from the client and one write to the adapter, and 4 KiB
/// blocks make an upload cost many times the system calls. While little more than nothing waits to be passed on, nothing more is read, so
/// that a slow adapter holds the client back instead of filling memory: an upload holds one block, and seldom a second.
/// </summary>
internal sealed class ReceiveBlocks : MemoryPool<byte>
{
    private const int BlockBytes = 128 * 1024;
    private const int MostAhead = 16 * 1024;
    private const int MostKept = 64;

    private readonly Lock _lock = new();

    // The one that was given back last is still in the processor's cache.
    private readonly Stack<Block> _free = new(MostKept);

    private ReceiveBlocks()
    {
    }

    /// <inheritdoc />
    public override int MaxBufferSize => BlockBytes;

    /// <summary>Makes the listeners use these blocks.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IMemoryPoolFactory<byte>, Factory>();
        services.Configure<SocketTransportOptions>(transport => transport.MaxReadBufferSize = MostAhead);
    }

    /// <inheritdoc />
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        lock (_lock)
        {
            if (_free.TryPop(out var block))
            {
                return block;
            }
        }

        return new Block(this);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            _free.Clear();
        }
    }

    private void Return(Block block)
    {
        lock (_lock)
        {
            if (_free.Count < MostKept)
            {
                _free.Push(block);
            }
        }
    }

    /// <summary>Pinned, as sockets need it.</summary>
    private sealed class Block(ReceiveBlocks pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);

        public void Dispose() => pool.Return(this);
    }

    private sealed class Factory : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new ReceiveBlocks();
    }
}
