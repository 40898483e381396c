using OzGateway.Simulator.OzApi;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>Makes folders of submissions and lets polls bring them to their end.</summary>
internal sealed class AdapterChecks(FolderStore folders, TimeProvider time)
{
    public SimulatedFolder Submit(Scenario now, AdapterSession session, AdapterCall call)
    {
        var folder = folders.Put(new SimulatedFolder
        {
            MetaData = call.Metadata,
            Media = [.. call.Media.Select(static part => new SimulatedMedia
            {
                OriginalName = part.FileName ?? "video_selfie_blank.zip",
                Length = part.Length,
                Sha256 = part.Sha256,
            })],
        });
        session.Submitted(folder.FolderId);
        return now.PollsUntilFinished == 0 ? folders.Finish(folder.FolderId, now.Verdict) ?? folder : folder;
    }

    /// <summary>The session's folder after one more poll; null when nothing was submitted.</summary>
    public SimulatedFolder? Poll(Scenario now, AdapterSession session)
    {
        if (session.FolderId is not { } folderId)
        {
            return null;
        }

        return session.Polled() >= now.PollsUntilFinished ? folders.Finish(folderId, now.Verdict) : folders.Find(folderId);
    }

    public Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, time, cancellationToken);
}
