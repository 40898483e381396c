"""A backend's side of a liveness check, in Python 3.8 or newer; nothing but its standard library.

    python3 backend.py http://gateway:8081 KEY USER [ISSUER]

KEY needs the rights read and issue. Prints what happens, one line each; exit code 0 for a pass.
Python's standard library has no ECDSA: verifying (which handles nothing secret) is written out at the end. With the package
`cryptography` or `PyJWT` at hand, use that.
"""
import base64
import hashlib
import json
import sys
import urllib.error
import urllib.request
import uuid


def main(gateway, key, user, issuer="ozgateway"):
    def call(method, path, **further):
        headers = {"Authorization": f"Bearer {key}", "OzGateway-User": user}
        headers.update({name.replace("_", "-"): value for name, value in further.items()})
        request = urllib.request.Request(gateway.rstrip("/") + path, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            sys.exit(f"{method} {path}: {refused.code} {json.load(refused).get('code')}")

    # 1. Issue. The page gets the ticket (as the gateway's cookie, or in the plugin's address) and the id for OzLiveness.open({meta}).
    issued = call("POST", "/transactions", Idempotency_Key=str(uuid.uuid4()))
    transaction = issued["transaction_id"]
    print("issued", transaction, issued["ticket"], flush=True)

    # 2. Ask and wait: as long as the user has not submitted, or Oz has not decided.
    verdict = {}
    for _ in range(30):
        verdict = call("GET", f"/transactions/{transaction}?wait=20s")
        if verdict["outcome"] != "processing" and verdict.get("reason") not in ("not_submitted", "no_folder"):
            break
    print("verdict", verdict["outcome"], flush=True)

    # 3. Take the receipt, once; the same key repeats the same receipt if the answer got lost.
    once = str(uuid.uuid4())
    jws = call("POST", f"/transactions/{transaction}/receipt", Idempotency_Key=once)["jws"]
    if call("POST", f"/transactions/{transaction}/receipt", Idempotency_Key=once)["jws"] != jws:
        sys.exit("another receipt for the same key")

    # 4. Verify it: the algorithm is ours to name, not the receipt's.
    head, claims, signature = jws.split(".")
    said_head = json.loads(decode(head))
    jwk = next((one for one in call("GET", "/.well-known/jwks.json")["keys"] if one["kid"] == said_head["kid"]), None)
    if said_head["alg"] != "ES256" or jwk is None:
        sys.exit("a receipt of another kind, or of an unknown key")
    if not verify_es256(jwk, f"{head}.{claims}".encode("ascii"), decode(signature)):
        sys.exit("the signature is wrong")

    # 5. Believe what it says only if it is about this transaction and from this gateway.
    said = json.loads(decode(claims))
    about = said["verdict"]
    if said["iss"] != issuer or said["sub"] != transaction or about["transaction_id"] != transaction or about["user_checked"] is not True:
        sys.exit("a receipt of something else")
    print("receipt", about["outcome"], flush=True)
    return 0 if about["outcome"] == "success" else 1


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


# The curve P-256: its field, its order, its generator; y^2 = x^3 - 3x + b.
P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)


def add(one, other):
    if one is None or other is None:
        return other if one is None else one
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    slope = (3 * x1 * x1 - 3) * pow(2 * y1, P - 2, P) if one == other else (y2 - y1) * pow(x2 - x1, P - 2, P)
    x3 = (slope * slope - x1 - x2) % P
    return x3, (slope * (x1 - x3) - y1) % P


def multiply(times, point):
    total = None
    while times:
        total = add(total, point) if times & 1 else total
        point, times = add(point, point), times >> 1
    return total


def verify_es256(jwk, message, signature):
    x, y = (int.from_bytes(decode(jwk[name]), "big") for name in ("x", "y"))
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    on_curve = 0 <= x < P and 0 <= y < P and (y * y - (x * x * x - 3 * x + B)) % P == 0
    if jwk.get("crv") != "P-256" or not on_curve or len(signature) != 64 or not (0 < r < N and 0 < s < N):
        return False
    inverse = pow(s, N - 2, N)
    digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
    point = add(multiply(digest * inverse % N, G), multiply(r * inverse % N, (x, y)))
    return point is not None and point[0] % N == r


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
