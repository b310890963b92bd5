import { constants, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { stringToSign, type AlgorithmName } from "@amazon-pay-kit/sdk/signing";
import { describe, expect, test } from "vitest";
import { verifyButton, type SignedPayload } from "./button-signature.ts";

const V1 = "AMZN-PAY-RSASSA-PSS";
const V2 = "AMZN-PAY-RSASSA-PSS-V2";
const pair = (): { privateKey: KeyObject; publicKeyPem: string } => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { privateKey, publicKeyPem: publicKey.export({ type: "spki", format: "pem" }) as string };
};
const ours = pair();
const theirs = pair();
const key = { publicKeyId: "SANDBOX-OURS", publicKeyPem: ours.publicKeyPem };
const other = { publicKeyId: "SANDBOX-THEIRS", publicKeyPem: theirs.publicKeyPem };
const payload = '{"storeId":"amzn1.x","webCheckoutDetails":{"checkoutReviewReturnUrl":"https://shop.example/é?a=1"}}';

function signature(text: string, saltLength: number, privateKey = ours.privateKey): string {
  return sign("sha256", Buffer.from(text), {
    key: privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength,
  }).toString("base64");
}

function handed(over: Partial<SignedPayload>): SignedPayload {
  return {
    payloadJSON: payload,
    signature: signature(stringToSign(payload, V2), 32),
    algorithm: V2,
    algorithmGiven: true,
    publicKeyId: key.publicKeyId,
    ...over,
  };
}

function cause(signed: SignedPayload): string {
  const outcome = verifyButton(signed, key, [other]);
  if (outcome.valid) throw new Error("it verifies");
  return outcome.causes.join(" ");
}

describe("good signatures", () => {
  test.each([
    [V1, 20],
    [V2, 32],
  ] as const)("%s with %i bytes of salt", (algorithm, salt) => {
    const signed = handed({ algorithm, signature: signature(stringToSign(payload, algorithm), salt) });
    expect(verifyButton(signed, key)).toEqual({ valid: true });
  });
});

describe("wrong signatures say their likeliest cause", () => {
  test("the SDKs' default algorithm with the page's default", () => {
    const signed = handed({ signature: signature(stringToSign(payload, V1), 20), algorithmGiven: false });
    expect(cause(signed)).toContain(`Set algorithm to "${V1}"`);
    expect(cause(signed)).toContain("names no algorithm");
  });

  test("another algorithm named", () => {
    expect(cause(handed({ algorithm: V1 }))).toContain(`the page names ${V1}`);
  });

  test.each<[string, (text: string) => string, string]>([
    ["indented", (text) => JSON.stringify(JSON.parse(text), null, 2), "indented by two"],
    ["Python", (text) => text.replaceAll('":', '": ').replaceAll(',"', ', "'), "json.dumps"],
    ["PHP", (text) => text.replaceAll("/", "\\/").replaceAll("é", "\\u00e9"), "letters and slashes"],
    ["line break", (text) => `${text}\n`, "line break at the end"],
    ["escaped", (text) => text.replaceAll('"', "&quot;"), "HTML-escaped"],
  ])("%s", (_, rewrite, words) => {
    expect(cause(handed({ signature: signature(stringToSign(rewrite(payload), V2), 32) }))).toContain(words);
  });

  test("members sorted on the way", () => {
    const signed = '{"b":1,"a":{"d":1,"c":2}}';
    const outcome = cause(
      handed({ payloadJSON: signed, signature: signature(stringToSign('{"a":{"c":2,"d":1},"b":1}', V2), 32) }),
    );
    expect(outcome).toContain("alphabetical order");
  });

  test("another key of the sandbox", () => {
    expect(cause(handed({ signature: signature(stringToSign(payload, V2), 32, theirs.privateKey) }))).toContain(
      "SANDBOX-THEIRS",
    );
  });

  test("a salt as long as possible", () => {
    expect(cause(handed({ signature: signature(stringToSign(payload, V2), 222) }))).toContain("salt");
  });

  test("the older padding", () => {
    const text = Buffer.from(stringToSign(payload, V2));
    expect(cause(handed({ signature: sign("sha256", text, ours.privateKey).toString("base64") }))).toContain("PKCS1");
  });

  test("the payload itself was signed", () => {
    expect(cause(handed({ signature: signature(payload, 32) }))).toContain("payload itself");
  });

  test.each(["", "not base64!", "AAAA\n"])("no base64: %j", (text) => {
    expect(cause(handed({ signature: text }))).toContain("not base64");
  });

  test("plus signs lost in a form", () => {
    expect(cause(handed({ signature: "ab c/d=" }))).toContain("plus signs");
  });

  test("anything else: another key or another payload", () => {
    expect(cause(handed({ signature: "AAAA" }))).toMatch(/3 bytes.*another private key/is);
    expect(cause(handed({ payloadJSON: "not JSON" }))).toMatch(/another private key/i);
  });

  test("shows the string to sign", () => {
    const outcome = verifyButton(handed({ signature: "AAAA" }), key);
    expect(outcome).toMatchObject({ valid: false, stringToSign: stringToSign(payload, V2 satisfies AlgorithmName) });
  });
});
