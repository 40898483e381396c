// A backend's side of a liveness check, as a program of one file for .NET 10; nothing but its base library.
//
//   dotnet run backend.cs -- http://gateway:8081 KEY USER [ISSUER]
//
// KEY needs the rights read and issue. Prints what happens, one line each; exit code 0 for a pass.
#:property PublishAot=false
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

if (args.Length < 3)
{
    Console.Error.WriteLine("backend.cs GATEWAY KEY USER [ISSUER]");
    return 2;
}

var issuer = args.Length > 3 ? args[3] : "ozgateway";
using var http = new HttpClient { BaseAddress = new Uri(args[0]) };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", args[1]);
http.DefaultRequestHeaders.Add("OzGateway-User", args[2]);

// 1. Issue. The page gets the ticket (as the gateway's cookie, or in the plugin's address) and the id for OzLiveness.open({ meta }).
var issued = await CallAsync(HttpMethod.Post, "/transactions", Guid.NewGuid());
var id = issued.GetProperty("transaction_id").GetString()!;
Console.WriteLine($"issued {id} {issued.GetProperty("ticket").GetString()}");

// 2. Ask and wait: as long as the user has not submitted, or Oz has not decided.
JsonElement verdict;
var round = 0;
do
{
    verdict = await CallAsync(HttpMethod.Get, $"/transactions/{id}?wait=20s");
}
while (IsOpen(verdict) && ++round < 30);
Console.WriteLine($"verdict {verdict.GetProperty("outcome").GetString()}");

// 3. Take the receipt, once; the same key repeats the same receipt if the answer got lost.
var once = Guid.NewGuid();
var jws = (await CallAsync(HttpMethod.Post, $"/transactions/{id}/receipt", once)).GetProperty("jws").GetString()!;
if ((await CallAsync(HttpMethod.Post, $"/transactions/{id}/receipt", once)).GetProperty("jws").GetString() != jws)
{
    throw new InvalidOperationException("another receipt for the same key");
}

// 4. Verify it: the algorithm is ours to name, not the receipt's.
var pieces = jws.Split('.');
var head = Read(pieces[0]);
var keys = (await CallAsync(HttpMethod.Get, "/.well-known/jwks.json")).GetProperty("keys").EnumerateArray();
var jwk = keys.First(one => one.GetProperty("kid").GetString() == head.GetProperty("kid").GetString());
using var signer = ECDsa.Create(new ECParameters
{
    Curve = ECCurve.NamedCurves.nistP256,
    Q = new ECPoint { X = Base64Url.DecodeFromChars(jwk.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(jwk.GetProperty("y").GetString()) },
});
if (head.GetProperty("alg").GetString() != "ES256"
    || !signer.VerifyData(Encoding.ASCII.GetBytes($"{pieces[0]}.{pieces[1]}"), Base64Url.DecodeFromChars(pieces[2]), HashAlgorithmName.SHA256))
{
    throw new InvalidOperationException("the signature is wrong");
}

// 5. Believe what it says only if it is about this transaction and from this gateway.
var claims = Read(pieces[1]);
var said = claims.GetProperty("verdict");
if (claims.GetProperty("iss").GetString() != issuer || claims.GetProperty("sub").GetString() != id
    || said.GetProperty("transaction_id").GetString() != id || !said.GetProperty("user_checked").GetBoolean())
{
    throw new InvalidOperationException("a receipt of something else");
}

var outcome = said.GetProperty("outcome").GetString();
Console.WriteLine($"receipt {outcome}");
return outcome == "success" ? 0 : 1;

async Task<JsonElement> CallAsync(HttpMethod method, string path, Guid? idempotencyKey = null)
{
    using var request = new HttpRequestMessage(method, path);
    if (idempotencyKey is { } key)
    {
        request.Headers.Add("Idempotency-Key", key.ToString());
    }

    using var answer = await http.SendAsync(request);
    var document = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync());
    return answer.IsSuccessStatusCode
        ? document
        : throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {document.GetProperty("code").GetString()}");
}

static bool IsOpen(JsonElement verdict)
{
    var reason = verdict.TryGetProperty("reason", out var why) ? why.GetString() : null;
    return verdict.GetProperty("outcome").GetString() is "processing" || reason is "not_submitted" or "no_folder";
}

static JsonElement Read(string text) => JsonElement.Parse(Base64Url.DecodeFromChars(text));
