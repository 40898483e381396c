using System.Text.Json;
using OzGateway.Attempts;
using OzGateway.Edge;
using OzGateway.Forwarding;
using OzGateway.Hosting;
using OzGateway.Identity;
using OzGateway.Payloads;
using OzGateway.Telemetry;
using OzGateway.Transactions;
using OzGateway.Verdicts;

namespace OzGateway.Tests.Telemetry;

/// <summary>One row per value: a word that others count or compare is not swapped unnoticed.</summary>
public sealed class OutcomeWordTests
{
    private static readonly Dictionary<Enum, string> Words = new()
    {
        [AttemptOutcome.Allowed] = "allowed",
        [AttemptOutcome.Exceeded] = "exceeded",
        [AttemptOutcome.LimiterUnavailable] = "limiter_unavailable",
        [AttemptMode.Normal] = "normal",
        [AttemptMode.Local] = "local",
        [AttemptMode.Uncounted] = "uncounted",
        [AttemptMode.Rejected] = "rejected",
        [SubmitOutcome.Accepted] = "accepted",
        [SubmitOutcome.Issued] = "issued",
        [SubmitOutcome.Required] = "required",
        [SubmitOutcome.Used] = "used",
        [SubmitOutcome.Expired] = "expired",
        [SubmitOutcome.ClaimMissing] = "claim_missing",
        [VerdictOutcome.Success] = "success",
        [VerdictOutcome.Declined] = "declined",
        [VerdictOutcome.Failed] = "failed",
        [VerdictOutcome.Processing] = "processing",
        [VerdictOutcome.OperatorRequired] = "operator_required",
        [VerdictOutcome.NotFound] = "not_found",
        [VerdictOutcome.Ambiguous] = "ambiguous",
        [VerdictOutcome.NotAvailable] = "not_available",
        [EdgeRefusal.Method] = "method",
        [EdgeRefusal.Upgrade] = "upgrade",
        [EdgeRefusal.Framing] = "framing",
        [EdgeRefusal.TargetForm] = "target_form",
        [EdgeRefusal.Path] = "path",
        [EdgeRefusal.Query] = "query",
        [EdgeRefusal.HeaderName] = "header_name",
        [EdgeRefusal.DuplicateHeader] = "duplicate_header",
        [EdgeRefusal.Host] = "host",
        [EdgeRefusal.HostUnknown] = "host_unknown",
        [EdgeRefusal.Spelling] = "spelling",
        [EdgeRefusal.HiddenFile] = "hidden_file",
        [ServerRefusal.ServerMalformed] = "server_malformed",
        [ServerRefusal.ServerTimeout] = "server_timeout",
        [ServerRefusal.ServerBodySize] = "server_body_size",
        [ServerRefusal.ServerHeadSize] = "server_head_size",
        [ServerRefusal.ServerVersion] = "server_version",
        [ServerRefusal.ServerOther] = "server_other",
        [ConnectionRefusal.DoorFull] = "door_full",
        [ConnectionRefusal.AddressFull] = "address_full",
        [FileRefusal.NotFound] = "not_found",
        [FileRefusal.Type] = "type",
        [FileRefusal.Redirect] = "redirect",
        [FileRefusal.Status] = "status",
        [FileRefusal.Pin] = "pin",
        [PinMismatch.Block] = "block",
        [PinMismatch.Alert] = "alert",
        [CallKind.Static] = "static",
        [CallKind.Telemetry] = "telemetry",
        [CallKind.Session] = "session",
        [CallKind.Submission] = "submission",
        [CallKind.Poll] = "poll",
        [UserKeyOutcome.Found] = "found",
        [UserKeyOutcome.Missing] = "missing",
        [UserKeyOutcome.Refused] = "refused",
        [UserKeyOutcome.Unavailable] = "unavailable",
        [ProjectedState.Processing] = "processing",
        [ProjectedState.Finished] = "finished",
        [Reachability.Up] = "up",
        [Reachability.Suspected] = "suspected",
        [Reachability.Down] = "down",
        [UpstreamLimit.Total] = "total",
        [UpstreamLimit.FirstByte] = "first_byte",
        [UpstreamLimit.Silence] = "silence",
        [PayloadKind.Json] = "json",
        [PayloadKind.Multipart] = "multipart",
        [PayloadKind.Form] = "form",
        [PayloadKind.Opaque] = "opaque",
    };

    public static TheoryData<string> Types => [.. Words.Keys.Select(value => value.GetType().Name).Distinct()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_value_has_its_word(string type)
    {
        var rows = Words.Where(row => row.Key.GetType().Name == type).ToList();

        Assert.Equal(Enum.GetValues(rows[0].Key.GetType()).Cast<Enum>().Order(), rows.Select(row => row.Key).Order());
        Assert.All(rows, row => Assert.Equal(row.Value, WordOf(row.Key)));
    }

    [Fact]
    public void A_verdict_is_told_to_the_backend_by_the_same_word()
    {
        foreach (var outcome in Enum.GetValues<VerdictOutcome>())
        {
            var document = JsonSerializer.SerializeToElement(
                new Verdict { TransactionId = "id", Outcome = outcome, UserChecked = true, Analyses = [new AnalysisVerdict("quality", outcome)] }, VerdictJson.Default.Verdict);

            Assert.Equal(Words[outcome], document.GetProperty("outcome").GetString());
            Assert.Equal(Words[outcome], document.GetProperty("analyses")[0].GetProperty("outcome").GetString());
        }
    }

    private static string WordOf(Enum value) => value switch
    {
        AttemptOutcome word => TelemetryNames.Word(word),
        AttemptMode word => TelemetryNames.Word(word),
        SubmitOutcome word => TelemetryNames.Word(word),
        VerdictOutcome word => TelemetryNames.Word(word),
        EdgeRefusal word => TelemetryNames.Word(word),
        ServerRefusal word => TelemetryNames.Word(word),
        ConnectionRefusal word => TelemetryNames.Word(word),
        FileRefusal word => TelemetryNames.Word(word),
        PinMismatch word => TelemetryNames.Word(word),
        CallKind word => TelemetryNames.Word(word),
        UserKeyOutcome word => TelemetryNames.Word(word),
        Reachability word => TelemetryNames.Word(word),
        UpstreamLimit word => TelemetryNames.Word(word),
        ProjectedState word => TelemetryNames.Word(word),
        PayloadKind word => TelemetryNames.Word(word),
        _ => throw new InvalidOperationException($"'{value.GetType().Name}' has no row."),
    };
}
