import { constants, createHash, verify } from "node:crypto";
import { brotliDecompressSync, unzipSync } from "node:zlib";
import { algorithmOf, ALGORITHMS, canonicalPath, canonicalQuery, type Verification } from "@amazon-pay-kit/sdk/signing";
import type { SignatureFinding } from "../events/event.ts";
import type { Call } from "../http/call.ts";
import type { KeyIndex, KnownKey } from "./key-index.ts";
import { nestsDeeperThan } from "./parse-body.ts";

/** A way in which the canonical request may have been built wrongly. */
export interface Attempt {
  readonly cause: string;
  readonly advice: string;
  /** Hash of the canonical request built that way. */
  readonly hash: string;
}

/** The parts of a canonical request, each of which may be wrong. */
interface Parts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly lines: readonly (readonly [string, string])[];
  readonly names: string;
  readonly payloadHash: string;
}

/** Canonical requests that people build by mistake, the most frequent first. */
function* variantsOf(call: Call, signedHeaders: string, longestBody: number): Generator<Attempt> {
  const names = signedHeaders.split(";");
  const right: Parts = {
    method: call.method,
    path: canonicalPath(call.path),
    query: canonicalQuery(call.query),
    lines: names.map((name) => [name.toLowerCase(), (call.headers[name.toLowerCase()] ?? "").trim()]),
    names: signedHeaders,
    payloadHash: sha256(call.body),
  };
  if (call.body.length <= longestBody) {
    for (const [body, advice] of bodiesOf(call, longestBody))
      yield attempt({ ...right, payloadHash: sha256(body) }, "body", advice);
  }
  for (const [lines, shown, advice] of headersOf(right, names)) {
    yield attempt({ ...right, lines, names: shown }, "headers", advice);
  }
  for (const [path, advice] of pathsOf(right.path)) yield attempt({ ...right, path }, "path", advice);
  for (const [query, advice] of queriesOf(call)) yield attempt({ ...right, query }, "query", advice);
  for (const lines of regionsOf(right.lines)) {
    yield attempt(
      { ...right, lines },
      "region",
      "The region that was signed is another one than x-amz-pay-region says.",
    );
  }
  for (const lines of datesOf(right.lines)) {
    yield attempt(
      { ...right, lines },
      "clock",
      "x-amz-pay-date was signed in another form than it was sent in: use the same text for both.",
    );
  }
  for (const method of ["GET", "POST", "PATCH", "DELETE", call.method.toLowerCase()]) {
    if (method === right.method) continue;
    yield attempt(
      { ...right, method },
      "method",
      `The method that was signed is ${method}, but ${call.method} was sent.`,
    );
  }
}

function* bodiesOf(call: Call, longest: number): Generator<readonly [string | Uint8Array, string]> {
  yield ["", "The body was left out of the signature: hash the exact bytes that are sent, also on DELETE."];
  yield ["null", "The text null was signed for a missing body: hash an empty text, or send what was signed."];
  const whole = decompressed(call, longest);
  if (whole !== undefined) {
    yield [
      whole,
      `The body was compressed after it was signed (content-encoding ${call.headers["content-encoding"]}): switch that off, and send the bytes that were signed.`,
    ];
  }
  const text = new TextDecoder().decode(call.body);
  yield [`${text}\n`, "The body was signed with a line break at its end that was not sent."];
  yield [text.trimEnd(), "The body was sent with white space at its end that was not signed."];
  let value: unknown;
  try {
    if (nestsDeeperThan(text, 32)) return;
    value = JSON.parse(text);
  } catch {
    return;
  }
  const again =
    "The JSON was written anew between signing and sending: sign the text once, and send that text byte for byte.";
  const compact = JSON.stringify(value);
  const sorted = JSON.stringify(value, sortedMembers);
  for (const form of [compact, sorted, JSON.stringify(value, null, 2), JSON.stringify(value, null, 4)]) {
    yield [form, again];
    yield [form.replaceAll("/", String.raw`\/`), `${again} (One of the two escapes slashes.)`];
    yield [escapeUnicode(form), `${again} (One of the two escapes characters outside ASCII.)`];
    yield [
      escapeUnicode(form).replaceAll("/", String.raw`\/`),
      `${again} (One of the two escapes slashes and characters outside ASCII.)`,
    ];
  }
  yield [spaced(value), `${again} (One of the two puts spaces after commas and colons.)`];
}

/** The body before an HTTP library or a proxy compressed it; undefined where none did. */
function decompressed(call: Call, longest: number): Uint8Array | undefined {
  const coding = call.headers["content-encoding"]?.trim().toLowerCase();
  if (coding === undefined) return undefined;
  try {
    const decompress = coding === "br" ? brotliDecompressSync : unzipSync;
    return decompress(call.body, { maxOutputLength: longest });
  } catch {
    return undefined;
  }
}

function* headersOf(right: Parts, names: readonly string[]): Generator<readonly [Parts["lines"], string, string]> {
  const lower = right.names.toLowerCase();
  const byName = [...right.lines].sort(([left], [other]) => (left < other ? -1 : 1));
  const sortedNames = byName.map(([name]) => name).join(";");
  if (lower !== right.names) {
    yield [right.lines, lower, "SignedHeaders was signed in lower case and sent in another casing."];
    yield [
      right.lines.map(([, value], index) => [names[index] ?? "", value]),
      right.names,
      "Header names must be in lower case in the header lines that are signed.",
    ];
  }
  if (sortedNames !== lower) {
    yield [byName, sortedNames, "The headers were signed in another order than SignedHeaders lists them: sort both."];
    yield [
      byName,
      right.names,
      "The header lines were signed in another order than SignedHeaders lists them: sort both.",
    ];
  }
  for (const left of names) {
    const kept = right.lines.filter(([name]) => name !== left.toLowerCase());
    yield [kept, kept.map(([name]) => name).join(";"), `SignedHeaders lists ${left}, which was not signed.`];
    yield [kept, right.names, `SignedHeaders lists ${left}, but its line was not signed.`];
  }
}

function* pathsOf(path: string): Generator<readonly [string, string]> {
  if (path.endsWith("/"))
    yield [path.slice(0, -1), "The path was sent with a slash at its end, but signed without it."];
  else yield [`${path}/`, "The path was signed with a slash at its end, but sent without it."];
  const bare = path.replace(/^\/(live|sandbox)(?=\/v2)/, "");
  for (const root of ["", "/sandbox", "/live"]) {
    if (root + bare === path) continue;
    yield [
      root + bare,
      `The path that was signed begins with ${root}/v2: sign the path that is sent. The environment belongs into it for plain public key ids only.`,
    ];
  }
  yield [
    bare.replace(/^\/v2/, ""),
    "The path was signed without its version: it begins with /v2 (or with the environment before it).",
  ];
}

function* queriesOf(call: Call): Generator<readonly [string, string]> {
  if (call.query === "") return;
  yield ["", "The query was left out of the signature: it is the third line of the canonical request."];
  yield [call.query.split("&").sort().join("&"), "The query's values were not encoded before signing."];
  yield [canonicalQuery(call.query).replaceAll("%20", "+"), "A space in the query was signed as +: it must be %20."];
  yield [decodeSafely(call.query), "The query was signed undecoded: encode names and values by RFC 3986."];
}

function* regionsOf(lines: Parts["lines"]): Generator<Parts["lines"]> {
  const sent = lines.find(([name]) => name === "x-amz-pay-region")?.[1];
  if (sent === undefined) return;
  for (const region of ["na", "eu", "jp", "NA", "EU", "JP", "us", "de", "uk", "fe"]) {
    if (region !== sent) yield replaced(lines, "x-amz-pay-region", region);
  }
}

function* datesOf(lines: Parts["lines"]): Generator<Parts["lines"]> {
  const sent = lines.find(([name]) => name === "x-amz-pay-date")?.[1];
  if (sent === undefined) return;
  const basic = sent.replaceAll(/[-:]/g, "");
  const extended = basic.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, "$1-$2-$3T$4:$5:$6");
  for (const form of [basic, extended]) if (form !== sent) yield replaced(lines, "x-amz-pay-date", form);
}

const replaced = (lines: Parts["lines"], header: string, value: string): Parts["lines"] =>
  lines.map((line) => (line[0] === header ? [header, value] : line));

function attempt(parts: Parts, cause: string, advice: string): Attempt {
  const lines = parts.lines.map(([name, value]) => `${name}:${value}\n`).join("");
  const text = `${parts.method}\n${parts.path}\n${parts.query}\n${lines}\n${parts.names}\n${parts.payloadHash}`;
  return { cause, advice, hash: sha256(text) };
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function sortedMembers(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function escapeUnicode(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => String.raw`\u` + unit.charCodeAt(0).toString(16).padStart(4, "0"));
}

/** As Python writes JSON unless told otherwise. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${spaced(member)}`);
    return `{${members.join(", ")}}`;
  }
  return JSON.stringify(value);
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Explanation = NonNullable<SignatureFinding["explanation"]>;
type Failure = Extract<Verification, { valid: false }>;

/** Longest body for which re-serialised forms are tried; each one is hashed again. */
const LONGEST_BODY = 64 * 1024;

/**
 * Finds out why a signature does not fit, by trying what people get wrong until one form does fit: that one is the
 * cause. Where none fits, the advice is to compare the strings to sign.
 */
export function explainFailure(call: Call, failure: Failure, key: KnownKey | undefined, keys: KeyIndex): Explanation {
  if (failure.reason === "signed-header-missing") {
    return { cause: "header-missing", advice: `${failure.message}. A proxy may have taken it out on the way.` };
  }
  const { authorization, stringToSign } = failure;
  if (authorization === undefined || stringToSign === undefined || key === undefined) {
    return { cause: "authorization", advice: failure.message };
  }
  const signature = Buffer.from(authorization.signature, "base64");
  if (failure.reason === "signature-malformed" || signature.length !== 256) {
    return {
      cause: "signature-malformed",
      advice:
        "The signature is not the base64 of an RSA-2048 signature (256 bytes): it was cut, encoded otherwise, or made with another kind of key.",
    };
  }
  const fits = (text: string, pem: string, saltLength: number): boolean => pss(text, pem, signature, saltLength);
  const declared = algorithmOf(authorization.algorithm).saltLength;

  for (const other of keys.all()) {
    if (other.publicKeyId !== key.publicKeyId && fits(stringToSign, other.publicKeyPem, declared)) {
      return {
        cause: "wrong-key",
        advice: `The signature was made with the private key of ${other.publicKeyId}, but the header names ${key.publicKeyId}: use the private key that belongs to the public key id.`,
      };
    }
  }
  const algorithm = algorithmCause(stringToSign, key, signature, declared);
  if (algorithm !== undefined) return algorithm;
  for (const attempt of variantsOf(call, authorization.signedHeaders, LONGEST_BODY)) {
    const cause = attemptCause(attempt, authorization.algorithm, key, fits);
    if (cause !== undefined) return cause;
  }
  return {
    cause: "unknown",
    advice:
      "The signature fits neither this request nor any of the usual mistakes. Compare your string to sign with the service's, then your canonical request with the one shown here; where both are equal, the private key does not belong to the public key id.",
  };
}

/** The right text, but another salt, padding or name. */
function algorithmCause(text: string, key: KnownKey, signature: Buffer, declared: number): Explanation | undefined {
  if (pss(text, key.publicKeyPem, signature, constants.RSA_PSS_SALTLEN_AUTO)) {
    const made = ALGORITHMS.find(
      (row) => row.saltLength !== declared && pss(text, key.publicKeyPem, signature, row.saltLength),
    );
    return {
      cause: "algorithm",
      advice:
        made === undefined
          ? `The salt has the wrong length: it must be ${declared} bytes for this algorithm, not the library's default.`
          : `The salt has ${made.saltLength} bytes, which belongs to ${made.name}: name that algorithm, or sign with ${declared} bytes.`,
    };
  }
  for (const row of ALGORITHMS) {
    const renamed = `${row.name}${text.slice(text.indexOf("\n"))}`;
    if (renamed !== text && pss(renamed, key.publicKeyPem, signature, constants.RSA_PSS_SALTLEN_AUTO)) {
      return {
        cause: "algorithm",
        advice: `The string that was signed begins with ${row.name}, but the Authorization header names another algorithm: use one name in both places.`,
      };
    }
  }
  const padding = constants.RSA_PKCS1_PADDING;
  if (verify("sha256", Buffer.from(text), { key: key.publicKeyPem, padding }, signature)) {
    return {
      cause: "algorithm",
      advice: "The signature has PKCS#1 v1.5 padding; Amazon Pay wants RSASSA-PSS with MGF1-SHA-256.",
    };
  }
  return undefined;
}

function attemptCause(
  attempt: Attempt,
  algorithm: string,
  key: KnownKey,
  fits: (text: string, pem: string, saltLength: number) => boolean,
): Explanation | undefined {
  for (const row of ALGORITHMS) {
    if (!fits(`${row.name}\n${attempt.hash}`, key.publicKeyPem, row.saltLength)) continue;
    const also = row.name === algorithm ? "" : ` Besides, it was signed as ${row.name} and not as ${algorithm}.`;
    return { cause: attempt.cause, advice: attempt.advice + also };
  }
  return undefined;
}

function pss(text: string, publicKeyPem: string, signature: Buffer, saltLength: number): boolean {
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify("sha256", Buffer.from(text), { key: publicKeyPem, padding, saltLength }, signature);
}
