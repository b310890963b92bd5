import { createPublicKey, generateKeyPairSync, sign, constants, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { nodeVerifier } from "../keys/public-key.ts";
import { privateKeySigner } from "../keys/private-key.ts";
import { ALGORITHMS, type AlgorithmName } from "../operations/algorithms.ts";
import { formatAuthorization, parseAuthorization } from "./authorization.ts";
import { canonicalRequest } from "./canonical-request.ts";
import { requiredHeaders } from "./required-headers.ts";
import { signRequest } from "./sign-request.ts";
import { stringToSign } from "./string-to-sign.ts";
import { verifyRequest, verifyRequestSync, type ReceivedRequest } from "./verify-request.ts";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const privateKey = pair.privateKey.export({ type: "pkcs8", format: "pem" }) as string;
const publicKey = pair.publicKey.export({ type: "spki", format: "pem" }) as string;
const verifier = nodeVerifier(publicKey);

const request = {
  method: "POST",
  path: "/sandbox/v2/charges",
  headers: requiredHeaders({ region: "us", now: Date.UTC(2026, 0, 2, 3, 4, 5), idempotencyKey: "abc" }),
  body: '{"note":"Grüße 😀"}',
};

async function signed(algorithm?: AlgorithmName): Promise<ReceivedRequest> {
  const { headers } = await signRequest(request, { publicKeyId: "AK1", privateKey, algorithm });
  return { ...request, headers };
}

/** A request as another client would sign it: names, order and path exactly as listed. */
function foreign(
  method: string,
  path: string,
  lines: readonly (readonly [string, string])[],
  sentPath = path,
): ReceivedRequest {
  const names = lines.map(([name]) => name).join(";");
  const canonical = `${method}\n${path.replace("?", "\n")}${path.includes("?") ? "" : "\n"}\n${lines.map(([name, value]) => `${name.toLowerCase()}:${value}\n`).join("")}\n${names}\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`;
  const signature = sign("sha256", Buffer.from(stringToSign(canonical, "AMZN-PAY-RSASSA-PSS")), {
    key: pair.privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 20,
  }).toString("base64");
  const authorization = formatAuthorization({
    algorithm: "AMZN-PAY-RSASSA-PSS",
    publicKeyId: "AK1",
    signedHeaders: names,
    signature,
  });
  return { method, path: sentPath, headers: { ...Object.fromEntries(lines), authorization } };
}

describe("signing", () => {
  test.each(ALGORITHMS)("$name has a salt of $saltLength bytes", async ({ name, saltLength }) => {
    const result = await signRequest(request, { publicKeyId: "AK1", privateKey, algorithm: name });
    const check = (salt: number): boolean =>
      verify(
        "sha256",
        Buffer.from(result.stringToSign),
        { key: createPublicKey(publicKey), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: salt },
        Buffer.from(result.signature, "base64"),
      );
    expect(check(saltLength)).toBe(true);
    expect(check(saltLength === 20 ? 32 : 20)).toBe(false);
    expect(result.headers["authorization"]).toBe(
      `${name} PublicKeyId=AK1, SignedHeaders=accept;content-type;x-amz-pay-date;x-amz-pay-host;x-amz-pay-idempotency-key;x-amz-pay-region, Signature=${result.signature}`,
    );
    expect(result.canonicalRequest).toBe(canonicalRequest(request));
  });

  test("the required headers", () => {
    expect(request.headers).toEqual({
      accept: "application/json",
      "content-type": "application/json",
      "x-amz-pay-date": "20260102T030405Z",
      "x-amz-pay-host": "pay-api.amazon.com",
      "x-amz-pay-region": "na",
      "x-amz-pay-idempotency-key": "abc",
    });
  });

  test("a line break in a header is refused before it is signed", () => {
    expect(() => canonicalRequest({ ...request, headers: { "x-a": "1\r\nx-b: 2" } })).toThrow(
      expect.objectContaining({ code: "signature.invalid-input" }),
    );
  });

  test("an unknown algorithm is named with the ones that exist", async () => {
    await expect(signed("RSA" as AlgorithmName)).rejects.toThrow(/AMZN-PAY-RSASSA-PSS-V2/);
  });

  test("a signer of one's own gets the string to sign and the algorithm", async () => {
    const own = privateKeySigner(privateKey);
    const seen: string[] = [];
    const result = await signRequest(request, {
      publicKeyId: "AK1",
      signer: {
        sign: async (message, algorithm) => (
          seen.push(new TextDecoder().decode(message), algorithm),
          own.sign(message, algorithm)
        ),
      },
    });
    expect(seen).toEqual([result.stringToSign, "AMZN-PAY-RSASSA-PSS-V2"]);
    expect(verifyRequestSync({ ...request, headers: result.headers }, verifier).valid).toBe(true);
  });
});

describe("verification", () => {
  test.each(ALGORITHMS)("takes what was signed with $name", async ({ name }) => {
    const received = await signed(name);
    expect(verifyRequestSync(received, verifier).valid).toBe(true);
    expect((await verifyRequest(received, publicKey)).valid).toBe(true);
  });

  test.each<[string, (received: ReceivedRequest) => ReceivedRequest]>([
    ["the body", (received) => ({ ...received, body: `${String(received.body)} ` })],
    ["the method", (received) => ({ ...received, method: "PATCH" })],
    ["the path", (received) => ({ ...received, path: "/live/v2/charges" })],
    ["a slash at the end", (received) => ({ ...received, path: `${received.path}/` })],
    ["the query", (received) => ({ ...received, query: "a=1" })],
    [
      "a signed header",
      (received) => ({
        ...received,
        headers: { ...(received.headers as Record<string, string>), "x-amz-pay-region": "eu" },
      }),
    ],
  ])("refuses when %s was changed, and shows its own string to sign", async (_, change) => {
    const outcome = verifyRequestSync(change(await signed()), verifier);
    expect(outcome).toMatchObject({
      valid: false,
      reason: "signature-mismatch",
      stringToSign: expect.stringMatching(/^AMZN-PAY-RSASSA-PSS-V2\n[0-9a-f]{64}$/),
    });
  });

  test("a header that is not signed may change", async () => {
    const received = await signed();
    expect(
      verifyRequestSync(
        { ...received, headers: { ...(received.headers as Record<string, string>), "user-agent": "x" } },
        verifier,
      ).valid,
    ).toBe(true);
  });

  test.each([
    ["no Authorization header", {}, "authorization-missing"],
    ["another scheme", { authorization: "Bearer abc" }, "algorithm-unknown"],
    [
      "a part missing",
      { authorization: "AMZN-PAY-RSASSA-PSS PublicKeyId=A, SignedHeaders=accept" },
      "authorization-malformed",
    ],
    [
      "a part twice",
      { authorization: "AMZN-PAY-RSASSA-PSS PublicKeyId=A, PublicKeyId=B, SignedHeaders=accept, Signature=AA==" },
      "authorization-malformed",
    ],
    [
      "a listed header missing",
      { authorization: "AMZN-PAY-RSASSA-PSS PublicKeyId=A, SignedHeaders=accept;x-b, Signature=AA==", accept: "a" },
      "signed-header-missing",
    ],
    [
      "a signature that is not base64",
      { authorization: "AMZN-PAY-RSASSA-PSS PublicKeyId=A, SignedHeaders=accept, Signature=???", accept: "a" },
      "signature-malformed",
    ],
    [
      "a signature of the wrong length",
      { authorization: "AMZN-PAY-RSASSA-PSS PublicKeyId=A, SignedHeaders=accept, Signature=AAAA", accept: "a" },
      "signature-mismatch",
    ],
  ])("refuses %s", (_, headers, reason) => {
    expect(verifyRequestSync({ method: "GET", path: "/v2/charges/1", headers }, verifier)).toMatchObject({
      valid: false,
      reason,
    });
  });

  test("says what is wrong in words, and shows the string to sign as soon as there is one", async () => {
    const { authorization = "", ...headers } = (await signed()).headers as Record<string, string>;
    const told = async (given: Record<string, string>): Promise<[string, boolean]> => {
      const outcome = await verifyRequest({ ...request, headers: given }, publicKey);
      expect(outcome).toEqual(verifyRequestSync({ ...request, headers: given }, verifier));
      return [outcome.valid ? "" : outcome.message, "stringToSign" in outcome];
    };
    expect(await told(headers)).toEqual(["the request has no Authorization header", false]);
    expect(await told({ ...headers, authorization: "x" })).toEqual([
      "the Authorization header cannot be read: it must read: <algorithm> PublicKeyId=…, SignedHeaders=…, Signature=…",
      false,
    ]);
    expect(await told({ authorization })).toEqual([
      "SignedHeaders lists accept, but the request has no such header",
      false,
    ]);
    expect(await told({ ...headers, authorization: authorization.replace(/Signature=.*/, "Signature=A") })).toEqual([
      "the signature is not base64",
      true,
    ]);
    expect(await told({ ...headers, authorization, accept: "x" })).toEqual([
      "the signature does not belong to this request and key: compare the strings to sign",
      true,
    ]);
  });

  test("takes a verifier, a key in PEM and a key object alike", async () => {
    const received = await signed();
    for (const key of [verifier, publicKey, pair.publicKey, { verify: verifier.verify }])
      expect(await verifyRequest(received, key)).toMatchObject({ valid: true, authorization: { publicKeyId: "AK1" } });
  });

  test("a value and an empty path count as sent, too", async () => {
    const accept = ["accept", "text/plain,  */*"] as const;
    expect(verifyRequestSync(foreign("GET", "/", [accept], ""), verifier).valid).toBe(true);
    expect(verifyRequestSync(foreign("GET", "/v2", [["accept", "text/plain, */*"]]), verifier).valid).toBe(true);
    const padded = foreign("GET", "/v2", [accept]);
    const headers = { ...(padded.headers as Record<string, string>), accept: `  ${accept[1]}\t` };
    expect(verifyRequestSync({ ...padded, headers }, verifier).valid).toBe(true);
  });

  test("names in mixed case and in another order count as sent", () => {
    const received = foreign("GET", "/v2/charges/1", [
      ["X-Amz-Pay-Date", "2026-01-02T03:04:05Z"],
      ["accept", "application/json"],
      ["X-AMZ-Pay-Region", "EU"],
    ]);
    expect(verifyRequestSync(received, verifier)).toMatchObject({
      valid: true,
      canonicalRequest: expect.stringContaining("\nX-Amz-Pay-Date;accept;X-AMZ-Pay-Region\n"),
    });
  });

  test("the path and query count in the form sent as well as in the normalised one", () => {
    const lines = [["accept", "application/json"]] as const;
    expect(verifyRequestSync(foreign("GET", "/v2/reports?b='&a=1", lines), verifier).valid).toBe(true);
    expect(
      verifyRequestSync(foreign("GET", "/v2/reports?a=1&b=%27", lines, "/v2//reports?b='&a=1"), verifier).valid,
    ).toBe(true);
    expect(verifyRequestSync(foreign("GET", "/v2/reports?a=2", lines, "/v2/reports?a=1"), verifier).valid).toBe(false);
  });

  test("another key's signature is refused", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({
      type: "spki",
      format: "pem",
    }) as string;
    expect((await verifyRequest(await signed(), other)).valid).toBe(false);
  });

  test("the Authorization header survives a round trip, and parts may come in any order", () => {
    const parts = {
      algorithm: "AMZN-PAY-RSASSA-PSS-V2",
      publicKeyId: "SANDBOX-A",
      signedHeaders: "A;b",
      signature: "AB+/==",
    } as const;
    expect(parseAuthorization(formatAuthorization(parts))).toEqual(parts);
    expect(
      parseAuthorization("AMZN-PAY-RSASSA-PSS-V2  Signature=AB+/==,SignedHeaders=A;b ,PublicKeyId=SANDBOX-A"),
    ).toEqual(parts);
  });
});
