using System.Text;

using CsCheck;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

/// <summary>The reader of answers against another strict reader, over changed documents, cut at every byte.</summary>
public sealed class StrictJsonLaws
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    [Fact]
    public void It_takes_what_another_strict_reader_takes() => Seeds.Sample(
        seed =>
        {
            var document = MutatedDocuments.Of(seed);
            Assert.Equal(MutatedDocuments.IsStrict(document), MutatedDocuments.IsTaken(document, []));
        },
        iter: 6000, threads: 2);

    [Fact]
    public void It_takes_in_blocks_what_another_strict_reader_takes() => Seeds.Sample(
        seed =>
        {
            var document = MutatedDocuments.Long(seed);
            var expected = MutatedDocuments.IsStrict(document);
            Assert.Equal(expected, MutatedDocuments.IsTaken(document, []));
            Assert.Equal(expected, MutatedDocuments.IsTaken(document, [1 + (seed % (document.Length - 1))]));
        },
        iter: 4000, threads: 2);

    [Theory]
    [InlineData("\"{\"")]
    [InlineData(" \"[{*s,\"")]
    [InlineData("\"{\\\"s\\u0061\"")]
    [InlineData("\"\\r[Yi\\ud800\"")]
    public void A_text_at_the_root_is_a_text_to_both_readers(string text)
    {
        var document = Encoding.UTF8.GetBytes(text);
        Assert.Equal(MutatedDocuments.IsStrict(document), MutatedDocuments.IsTaken(document, []));
    }

    [Fact]
    public void Every_slicing_gives_the_same_answer() => Seeds.Sample(
        seed =>
        {
            var document = MutatedDocuments.Of(seed);
            var whole = MutatedDocuments.Tell(document, []);
            for (var cut = 0; cut <= document.Length; cut++)
            {
                Assert.Equal(whole, MutatedDocuments.Tell(document, [cut]));
            }

            Assert.Equal(whole, MutatedDocuments.Tell(document, [.. Enumerable.Range(0, document.Length)]));
        },
        iter: 300, threads: 2);

    [Fact]
    public void What_leaves_is_a_fixed_point() => Seeds.Sample(
        seed =>
        {
            foreach (var shape in Enum.GetValues<ResultShape>())
            {
                var told = MutatedDocuments.Tell(MutatedDocuments.Of(seed), [], shape);
                Assert.True(told.Document is null || told.Document == MutatedDocuments.Tell(Encoding.UTF8.GetBytes(told.Document), [], shape).Document);
            }
        },
        iter: 3000, threads: 2);

    [Fact]
    public void An_equal_state_gives_equal_bytes_whatever_else_differs() => Seeds.Sample(
        seed =>
        {
            var told = MutatedDocuments.Tell(MutatedDocuments.Of(seed), []);
            Assert.Contains(told.Document, new[] { null, """{"state":"processing"}""", """{"state":"finished"}""" });
        },
        iter: 3000, threads: 2);

    [Theory]
    [InlineData("""{"state":"finished","folder_id":"f-1","analyses":{"quality":{"state":"finished","resolution":"success"}}}""", "f-1", ObservedOutcome.Succeeded, AdapterMode.Folder)]
    [InlineData("""{"state":"finished","analyses":{"quality":{"resolution":"declined"},"biometry":{"resolution":"success"}}}""", null, ObservedOutcome.Declined, AdapterMode.Status)]
    [InlineData("""{"state":"finished","analyses":{"quality":{"resolution":"success"},"biometry":{"resolution":""}}}""", null, ObservedOutcome.None, AdapterMode.Status)]
    [InlineData("""{"state":"finished","analyses":{"quality":{"resolution":"operator_required"}}}""", null, ObservedOutcome.Declined, AdapterMode.Status)]
    [InlineData("""{"state":"finished","analyses":{"quality":{"resolution":"failed"}}}""", null, ObservedOutcome.None, AdapterMode.Status)]
    [InlineData("""{"state":"processing","folder_id":"f-1","analyses":{"quality":{"resolution":"success"}}}""", "f-1", ObservedOutcome.None, AdapterMode.Folder)]
    [InlineData("""{"state":"SUCCESS"}""", null, ObservedOutcome.Succeeded, AdapterMode.Safe)]
    [InlineData("""{"state":"declined"}""", null, ObservedOutcome.Declined, AdapterMode.Safe)]
    [InlineData("""{"state":"failed"}""", null, ObservedOutcome.None, AdapterMode.Safe)]
    [InlineData("""{"state":"finished"}""", null, ObservedOutcome.None, AdapterMode.Safe)]
    [InlineData("""{"state":"finished","folder_id":"f-1","folder_id":"f-1"}""", null, ObservedOutcome.None, AdapterMode.Folder)]
    [InlineData("""{"state":"finished","folder_id":"https://x"}""", null, ObservedOutcome.None, AdapterMode.Folder)]
    [InlineData("""{"state":"finished","folder_id":7,"analyses":[]}""", null, ObservedOutcome.None, AdapterMode.Folder)]
    [InlineData("""{"state":"finished","analyses":{"quality":{"resolution":"success","result_json":{"resolution":"declined"}}}}""", null, ObservedOutcome.Succeeded, AdapterMode.Full)]
    [InlineData("""{"state":"finished","analyses":{"quality":{"resolution":"success"},"quality":{"resolution":"declined"}}}""", null, ObservedOutcome.None, AdapterMode.Status)]
    public void What_is_seen_stays_and_is_certain_or_nothing(string document, string? folder, ObservedOutcome outcome, AdapterMode mode)
    {
        var answer = new JsonProjector(new ProjectionRules(), new PayloadLimits()).Project(new(Encoding.UTF8.GetBytes(document)));

        Assert.Equal((folder, outcome, mode), (answer.Observations.FolderId, answer.Observations.Outcome, answer.Observations.Mode));
        Assert.DoesNotContain("f-1", $"{answer} {answer.Observations}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_told_once_and_never_what_could_be_an_id()
    {
        var projector = new JsonProjector(new ProjectionRules(), new PayloadLimits());
        var document = Encoding.UTF8.GetBytes("""{"event_session_id":1,"33333333-3333":2,"a b":3,"state":"finished","analyses":{"quality":{"score":1}}}""");

        Assert.Equal(["event_session_id", "score"], projector.Project(new(document)).Observations.NewNames);
        var second = projector.Project(new(document)).Observations;
        Assert.Equal((0, 4), (second.NewNames.Count, second.UnknownMembers));
    }
}
