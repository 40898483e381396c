using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OzGateway.Hosting;

/// <summary>
/// The memory that requests are received into: blocks of 64 KiB, for 4 KiB blocks make an upload cost sixteen times the system calls,
/// and at most two of them ahead of what was passed on, so that a slow adapter holds the client back instead of filling memory.
/// </summary>
internal sealed class ReceiveBlocks : MemoryPool<byte>
{
    private const int BlockBytes = 64 * 1024;
    private const int MostKept = 64;

    private readonly ConcurrentQueue<Block> _free = new();

    private ReceiveBlocks()
    {
    }

    /// <inheritdoc />
    public override int MaxBufferSize => BlockBytes;

    /// <summary>Makes the listeners use these blocks.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IMemoryPoolFactory<byte>, Factory>();
        services.Configure<SocketTransportOptions>(transport => transport.MaxReadBufferSize = BlockBytes);
    }

    /// <inheritdoc />
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        return _free.TryDequeue(out var block) ? block : new Block(this);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing) => _free.Clear();

    private void Return(Block block)
    {
        if (_free.Count < MostKept)
        {
            _free.Enqueue(block);
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
