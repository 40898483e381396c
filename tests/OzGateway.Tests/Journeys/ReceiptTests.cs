using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>A verdict as a signed receipt, once.</summary>
public sealed class ReceiptTests
{
    [Fact]
    public async Task A_receipt_is_signed_about_this_transaction_for_this_caller()
    {
        await using var run = await GatewayRun.StartAsync();
        using var bank = run.BackendClient();
        var id = await CheckedAsync(run);

        var answer = await bank.TakeReceiptAsync(id);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var (head, claims) = Verify(answer.Member("jws")!, await KeysAsync(bank));
        Assert.Equal(("ES256", "ozgateway-receipt+jwt"), (head.GetProperty("alg").GetString(), head.GetProperty("typ").GetString()));
        Assert.Equal(("ozgateway", "bank", id), (claims.GetProperty("iss").GetString(), claims.GetProperty("aud").GetString(), claims.GetProperty("sub").GetString()));
        Assert.Equal(run.Simulator.Received.Single().Meta("end_user_id"), claims.GetProperty("user").GetString());
        Assert.Equal(run.Time.GetUtcNow().ToUnixTimeSeconds(), claims.GetProperty("iat").GetInt64());
        var verdict = claims.GetProperty("verdict");
        Assert.Equal((id, "success", true, true), (verdict.GetProperty("transaction_id").GetString(), verdict.GetProperty("outcome").GetString(), verdict.GetProperty("user_checked").GetBoolean(), verdict.GetProperty("consumed").GetBoolean()));
        Assert.False(verdict.TryGetProperty("media", out _));
    }

    [Fact]
    public async Task There_is_one_receipt_and_the_same_key_repeats_it_for_24_hours()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Transaction = "issue: implicit, read_within: 7d" });
        using var bank = run.BackendClient();
        using var detail = run.BackendClient(The.DetailBackendKey);
        var id = await CheckedAsync(run);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => bank.TakeReceiptAsync(id, idempotencyKey: "once")));
        var receipt = Assert.Single(answers.Select(answer => answer.Text).Distinct());
        run.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1));
        Assert.Equal(receipt, (await bank.TakeReceiptAsync(id, idempotencyKey: "once")).Text);

        Assert.Equal("transaction_consumed", (await bank.TakeReceiptAsync(id)).Code);
        Assert.Equal("transaction_consumed", (await bank.TakeReceiptAsync(id, idempotencyKey: "twice")).Code);
        Assert.Equal("transaction_consumed", (await detail.TakeReceiptAsync(id, idempotencyKey: "once")).Code);
        run.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("transaction_consumed", (await bank.TakeReceiptAsync(id, idempotencyKey: "once")).Code);
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_transaction_is_refused()
    {
        await using var run = await GatewayRun.StartAsync();
        using var bank = run.BackendClient();
        var (first, second) = (await CheckedAsync(run), await CheckedAsync(run));
        await bank.TakeReceiptAsync(first, idempotencyKey: "once");

        Assert.Equal("idempotency_key_reused", (await bank.TakeReceiptAsync(second, idempotencyKey: "once")).Code);
        Assert.Equal(HttpStatusCode.Created, (await bank.TakeReceiptAsync(second, idempotencyKey: "again")).Status); // and nothing was consumed
    }

    [Fact]
    public async Task Keys_are_exchanged_while_the_program_runs_and_old_receipts_stay_good()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Transaction = "issue: implicit, read_within: 7d" });
        using var bank = run.BackendClient();
        var (before, fresh) = (await bank.TakeReceiptAsync(await CheckedAsync(run)), ReceiptPem.Of(1));
        var old = await File.ReadAllTextAsync(run.FileOf("receipt_keys.pem"));

        await File.WriteAllTextAsync(run.FileOf("receipt_keys.pem"), fresh + ReceiptPem.Public(old));
        run.Time.Advance(TimeSpan.FromSeconds(1));
        var after = await bank.TakeReceiptAsync(await CheckedAsync(run));
        var keys = await KeysAsync(bank);

        Assert.Equal(2, keys.GetArrayLength());
        Assert.Equal(keys[0].GetProperty("kid").GetString(), Verify(after.Member("jws")!, keys).Head.GetProperty("kid").GetString());
        Assert.Equal(keys[1].GetProperty("kid").GetString(), Verify(before.Member("jws")!, keys).Head.GetProperty("kid").GetString());

        await File.WriteAllTextAsync(run.FileOf("receipt_keys.pem"), ReceiptPem.Public(fresh));
        run.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await KeysAsync(bank)).GetArrayLength()); // a file without a signer leaves the last good keys
        Assert.Contains(run.Logs.Lines, line => line.Event == "ReceiptKeysRejected");
    }

    [Fact]
    public async Task Without_keys_there_are_no_receipts_and_nothing_is_consumed()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Verdicts = "" });
        using var bank = run.BackendClient();
        var id = await CheckedAsync(run);

        Assert.Equal((HttpStatusCode.NotImplemented, "receipts_not_configured"), ((await bank.TakeReceiptAsync(id)).Status, (await bank.TakeReceiptAsync(id)).Code));
        Assert.Equal(0, (await KeysAsync(bank)).GetArrayLength());
        Assert.Equal("success", await bank.OutcomeAsync(id, query: "?consume=true"));
    }

    private static async Task<JsonElement> KeysAsync(BackendClient bank) =>
        JsonElement.Parse((await bank.SendAsync(HttpMethod.Get, ".well-known/jwks.json")).Text).GetProperty("keys");

    private static (JsonElement Head, JsonElement Claims) Verify(string jws, JsonElement keys)
    {
        var pieces = jws.Split('.');
        var (head, claims) = (JsonElement.Parse(Base64Url.DecodeFromChars(pieces[0])), JsonElement.Parse(Base64Url.DecodeFromChars(pieces[1])));
        var jwk = keys.EnumerateArray().Single(key => key.GetProperty("kid").GetString() == head.GetProperty("kid").GetString());
        using var signer = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(jwk.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(jwk.GetProperty("y").GetString()) },
        });
        Assert.True(signer.VerifyData(Encoding.ASCII.GetBytes($"{pieces[0]}.{pieces[1]}"), Base64Url.DecodeFromChars(pieces[2]), HashAlgorithmName.SHA256));
        return (head, claims);
    }

    private static async Task<string> CheckedAsync(GatewayRun run)
    {
        run.Simulator.Scenario = Scenario.Immediate;
        using var browser = run.Browser();
        await browser.OpenAsync();
        return (await browser.SubmitAsync()).TransactionId!;
    }
}
