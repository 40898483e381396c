// A backend's side of a liveness check, in Node 18 or newer; nothing but its standard library.
//
//   node backend.mjs http://gateway:8081 KEY USER [ISSUER]
//
// KEY needs the rights read and issue. Prints what happens, one line each; exit code 0 for a pass.
import { createPublicKey, randomUUID, verify } from "node:crypto";

const [gateway, key, user, issuer = "ozgateway"] = process.argv.slice(2);
const headers = { authorization: `Bearer ${key}`, "ozgateway-user": user };

async function call(method, path, further = {}) {
  const answer = await fetch(new URL(path, gateway), { method, headers: { ...headers, ...further } });
  const document = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${document.code}`);
  return document;
}

// 1. Issue. The page gets the ticket (as the gateway's cookie, or in the plugin's address) and the id for OzLiveness.open({ meta }).
const { transaction_id: id, ticket } = await call("POST", "/transactions", { "idempotency-key": randomUUID() });
console.log(`issued ${id} ${ticket}`);

// 2. Ask and wait: as long as the user has not submitted, or Oz has not decided.
const isOpen = ({ outcome, reason }) => outcome === "processing" || (outcome === "not_found" && (reason === "not_submitted" || reason === "no_folder"));
let verdict;
for (let round = 0; round < 30; round++) {
  verdict = await call("GET", `/transactions/${id}?wait=20s`);
  if (!isOpen(verdict)) break;
}
console.log(`verdict ${verdict.outcome}`);

// 3. Take the receipt, once; the same key repeats the same receipt if the answer got lost.
const once = { "idempotency-key": randomUUID() };
const { jws } = await call("POST", `/transactions/${id}/receipt`, once);
if ((await call("POST", `/transactions/${id}/receipt`, once)).jws !== jws) throw new Error("another receipt for the same key");

// 4. Verify it: the algorithm is ours to name, not the receipt's.
const [head, claims, signature] = jws.split(".");
const read = (text) => JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
const { alg, kid } = read(head);
const { keys } = await call("GET", "/.well-known/jwks.json");
const jwk = keys.find((one) => one.kid === kid);
if (alg !== "ES256" || !jwk) throw new Error("a receipt of another kind, or of an unknown key");
const signer = createPublicKey({ key: jwk, format: "jwk" });
if (!verify("sha256", Buffer.from(`${head}.${claims}`), { key: signer, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"))) {
  throw new Error("the signature is wrong");
}

// 5. Believe what it says only if it is about this transaction and from this gateway.
const said = read(claims);
if (said.iss !== issuer || said.sub !== id || said.verdict.transaction_id !== id || said.verdict.user_checked !== true) throw new Error("a receipt of something else");
console.log(`receipt ${said.verdict.outcome}`);
process.exit(said.verdict.outcome === "success" ? 0 : 1);
