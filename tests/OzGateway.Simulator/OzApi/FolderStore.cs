namespace OzGateway.Simulator.OzApi;

/// <summary>The folders Oz API holds, in the order they were made, the newest up to a limit.</summary>
internal sealed class FolderStore(TimeProvider time, int limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<SimulatedFolder>> _byId = [];
    private readonly LinkedList<SimulatedFolder> _folders = [];

    public IReadOnlyList<SimulatedFolder> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _folders];
            }
        }
    }

    public SimulatedFolder? Find(string folderId)
    {
        lock (_lock)
        {
            return _byId.TryGetValue(folderId, out var node) ? node.Value : null;
        }
    }

    public SimulatedFolder Put(SimulatedFolder folder)
    {
        var now = time.GetUtcNow();
        var created = folder.TimeCreated == default ? now : folder.TimeCreated;
        var dated = folder with { TimeCreated = created, TimeUpdated = folder.TimeUpdated == default ? created : folder.TimeUpdated };
        lock (_lock)
        {
            if (_byId.TryGetValue(dated.FolderId, out var node))
            {
                node.Value = dated;
                return dated;
            }

            _byId[dated.FolderId] = _folders.AddLast(dated);
            if (_folders.Count > limit)
            {
                _byId.Remove(_folders.First!.Value.FolderId);
                _folders.RemoveFirst();
            }

            return dated;
        }
    }

    /// <summary>Changes a folder, unless the change leaves it as it is; null when there is none of that id.</summary>
    public SimulatedFolder? Change(string folderId, Func<SimulatedFolder, SimulatedFolder> change)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(folderId, out var node))
            {
                return null;
            }

            var changed = change(node.Value);
            if (!ReferenceEquals(changed, node.Value))
            {
                node.Value = changed with { TimeUpdated = time.GetUtcNow() };
            }

            return node.Value;
        }
    }

    /// <summary>Ends a folder's check; one that has ended stays as it is.</summary>
    public SimulatedFolder? Finish(string folderId, Verdict verdict) =>
        Change(folderId, folder => folder.IsFinished ? folder : folder.Finished(verdict));

    public void Clear()
    {
        lock (_lock)
        {
            _byId.Clear();
            _folders.Clear();
        }
    }
}
