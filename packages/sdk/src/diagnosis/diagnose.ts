import type { RefusedSignature, SignatureCause, SignatureDiagnosis } from "../errors/diagnosis.ts";
import { algorithmOf } from "../keys/algorithm.ts";
import { assemble } from "../signing/canonical-request.ts";
import { stringToSign } from "../signing/string-to-sign.ts";
import { isObject } from "../kind.ts";

/** The parts of a canonical request, for rebuilding it with a change. */
export interface CanonicalParts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly signedHeaders: string;
  readonly body: string;
}

/** Something that may happen to a request on its way, and what it means if it did. */
export interface Change {
  readonly cause: SignatureCause;
  readonly explanation: string;
  readonly advice: string;
  /** The request as the service would then have seen it; several where there are several ways. */
  readonly apply: (parts: CanonicalParts) => readonly CanonicalParts[];
}

const UNCHANGED = "Something between here and the service changes requests: make it let them pass unchanged.";

const withHeader =
  (name: string, ...values: readonly ((old: string) => string)[]) =>
  (parts: CanonicalParts): CanonicalParts[] =>
    values.map((value) => ({
      ...parts,
      headers: parts.headers.map(([key, old]) => (key === name ? [key, value(old)] : [key, old])),
    }));

const reserialised = (body: string): string[] => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return [];
  }
  const ascii = (text: string): string =>
    text.replace(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const plain = JSON.stringify(parsed);
  return [
    plain,
    JSON.stringify(parsed, null, 2),
    ascii(plain),
    plain.replaceAll("/", "\\/"),
    `${body}\n`,
    body.trimEnd(),
    spaced(plain),
    JSON.stringify(sorted(parsed)),
  ];
};

/** `{"a": 1, "b": 2}`, as several languages write JSON. Good enough for a guess: it looks at structure outside of texts only. */
const spaced = (json: string): string =>
  json.replace(
    /("(?:[^"\\]|\\.)*")|([:,])/g,
    (_, text: string | undefined, mark: string | undefined) => text ?? `${mark} `,
  );

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

const change = (cause: SignatureCause, explanation: string, advice: string, apply: Change["apply"]): Change => ({
  cause,
  explanation,
  advice,
  apply,
});

/**
 * Everything that is tried, the likeliest first. A function, because a bundler drops an unused one, but keeps a table in
 * which something is called.
 */
const changes = (): readonly Change[] => [
  change("body", "The service saw an empty body.", `Proxies often do so with DELETE. ${UNCHANGED}`, (parts) =>
    parts.body === "" ? [] : [{ ...parts, body: "" }],
  ),
  change(
    "body",
    "The service saw the same JSON written differently.",
    "Send exactly the text that was signed.",
    (parts) => reserialised(parts.body).map((body) => ({ ...parts, body })),
  ),
  change(
    "path",
    "The service saw the path with another environment segment.",
    "A key id with the prefix LIVE or SANDBOX takes no environment in the path; another one needs it.",
    (parts) => {
      const bare = parts.path.replace(/^\/(live|sandbox)(?=\/)/, "");
      return [bare, `/live${bare}`, `/sandbox${bare}`].map((path) => ({ ...parts, path }));
    },
  ),
  change("path", "The service saw the path with or without a slash at its end.", UNCHANGED, (parts) => [
    { ...parts, path: parts.path.endsWith("/") ? parts.path.slice(0, -1) : `${parts.path}/` },
  ]),
  change("path", "The service saw the path encoded once more, or once less.", UNCHANGED, (parts) => [
    { ...parts, path: parts.path.replaceAll("%", "%25") },
    { ...parts, path: decoded(parts.path) },
  ]),
  change(
    "query",
    "The service saw the query encoded or ordered differently.",
    `Send a space as %20 and a comma as %2C. ${UNCHANGED}`,
    (parts) =>
      [
        parts.query.replaceAll("%20", "+"),
        parts.query.replaceAll("%2C", ","),
        decoded(parts.query),
        parts.query.split("&").reverse().join("&"),
        "",
      ].map((query) => ({
        ...parts,
        query,
      })),
  ),
  change(
    "region",
    "The service saw another region.",
    `Check the region. ${UNCHANGED}`,
    withHeader(
      "x-amz-pay-region",
      (old) => old.toUpperCase(),
      () => "na",
      () => "eu",
      () => "jp",
    ),
  ),
  change(
    "host",
    "The service saw another host in x-amz-pay-host.",
    `Check the region. ${UNCHANGED}`,
    withHeader(
      "x-amz-pay-host",
      () => "pay-api.amazon.com",
      () => "pay-api.amazon.eu",
      () => "pay-api.amazon.jp",
      (old) => `${old}:443`,
    ),
  ),
  change("header", "The service saw another content-type or accept.", UNCHANGED, (parts) => [
    ...withHeader(
      "content-type",
      () => "application/json; charset=utf-8",
      () => "application/json;charset=UTF-8",
      () => "application/json;charset=utf-8",
    )(parts),
    ...withHeader(
      "accept",
      () => "*/*",
      () => "application/json, text/plain, */*",
    )(parts),
  ]),
  change("method", "The service saw another method.", UNCHANGED, (parts) =>
    ["GET", "POST", "PUT", "PATCH", "DELETE"]
      .filter((method) => method !== parts.method)
      .map((method) => ({ ...parts, method })),
  ),
];

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A clock may be this far off before it is named as the cause, in minutes. The service's own limit is not published. */
const CLOCK_TOLERANCE = 5;

/**
 * Explains why the service refused a signature: compares the local string to sign with the one in the service's message
 * and, if they differ, looks for a change in transit that explains the difference.
 *
 * @example
 * const { explanation, advice } = diagnoseSignature({ canonicalRequest, algorithm, body, serviceMessage });
 */
export function diagnoseSignature(refused: RefusedSignature): SignatureDiagnosis {
  const own = stringToSign(refused.canonicalRequest, refused.algorithm);
  const service = serviceStringToSign(refused.serviceMessage);
  const common = { ownStringToSign: own, serviceStringToSign: service, canonicalRequest: refused.canonicalRequest };
  const minutes = service === undefined || service === own ? minutesAhead(refused) : 0;
  if (Math.abs(minutes) > CLOCK_TOLERANCE) {
    return {
      ...common,
      cause: "clock",
      explanation: `This machine's clock is ${Math.abs(minutes)} minutes ${minutes > 0 ? "ahead of" : "behind"} the service's.`,
      advice: "Set it right: a request whose date is too far from the service's present is refused.",
    };
  }
  if (service === undefined) {
    return {
      ...common,
      cause: "unknown",
      explanation: "The service did not show its string to sign.",
      advice:
        "Check that private key and public key id belong together, and that nothing changes requests on their way.",
    };
  }
  if (service === own) {
    return {
      ...common,
      cause: "key",
      explanation: "Both sides built the same string to sign, so the keys do not belong together.",
      advice: `Check that the private key belongs to the public key id, that the id is of this region and environment, and that a signer of your own uses ${algorithmOf(refused.algorithm).saltLength} bytes of salt.`,
    };
  }
  const [serviceAlgorithm, serviceHash] = service.split("\n");
  if (own.endsWith(serviceHash ?? "-")) {
    return {
      ...common,
      cause: "algorithm",
      explanation: `The service verified with ${serviceAlgorithm}, but ${refused.algorithm} was signed with.`,
      advice: "Set `algorithm` to the one that the service expects, and let the Authorization header pass unchanged.",
    };
  }
  const parts = splitCanonical(refused.canonicalRequest, refused.body);
  for (const { apply, ...told } of changes()) {
    for (const candidate of apply(parts)) {
      const canonical = assemble(
        candidate.method,
        candidate.path,
        candidate.query,
        candidate.headers,
        candidate.signedHeaders,
        candidate.body,
      );
      if (stringToSign(canonical, refused.algorithm).endsWith(serviceHash ?? "-")) {
        return { ...common, ...told };
      }
    }
  }
  return {
    ...common,
    cause: "unknown-change",
    explanation: "The service built another string to sign, so the request was changed after it was signed.",
    advice:
      "Look for a proxy that changes method, path, query, body or a signed header: compare the canonical request with what arrives.",
  };
}

/** How far the clock that signed was ahead of the service's, in whole minutes; 0 where either is not known. */
function minutesAhead({ canonicalRequest, serviceDate }: RefusedSignature): number {
  const signed = /^x-amz-pay-date:(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)/m.exec(canonicalRequest);
  if (signed === null || serviceDate === undefined) return 0;
  const [year, month, day, hour, minute, second] = signed.slice(1).map(Number) as [number, ...number[]];
  const ahead = Date.UTC(year, (month ?? 1) - 1, day, hour, minute, second) - Date.parse(serviceDate);
  return Number.isNaN(ahead) ? 0 : Math.round(ahead / 60_000);
}

/** The two lines inside `signing String [AMZN-PAY-RSASSA-PSS\n<hash>]`; the line feed may come as two characters. */
function serviceStringToSign(message: string): string | undefined {
  const found = /\[\s*(AMZN-PAY-RSASSA-PSS(?:-V2)?)(?:\\n|\s)+([0-9a-f]{64})\s*\]/i.exec(message);
  return found?.[1] === undefined || found[2] === undefined ? undefined : `${found[1]}\n${found[2].toLowerCase()}`;
}

function splitCanonical(canonical: string, body: string): CanonicalParts {
  const [method = "", path = "", query = "", ...rest] = canonical.split("\n");
  const headers = rest.slice(0, -3).map((line): readonly [string, string] => {
    const at = line.indexOf(":");
    return [line.slice(0, at), line.slice(at + 1)];
  });
  return { method, path, query, headers, signedHeaders: rest.at(-2) ?? "", body };
}
