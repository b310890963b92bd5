import type { SignatureCause } from "../errors/diagnosis.ts";

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
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

/**
 * Everything that is tried, the likeliest first. A function, because a bundler drops an unused one, but keeps a table in
 * which something is called.
 */
export const changes = (): readonly Change[] => [
  {
    cause: "body",
    explanation: "The service saw an empty body.",
    advice: `Proxies often do so with DELETE. ${UNCHANGED}`,
    apply: (parts) => (parts.body === "" ? [] : [{ ...parts, body: "" }]),
  },
  {
    cause: "body",
    explanation: "The service saw the same JSON written differently.",
    advice: "Send exactly the text that was signed.",
    apply: (parts) => reserialised(parts.body).map((body) => ({ ...parts, body })),
  },
  {
    cause: "path",
    explanation: "The service saw the path with another environment segment.",
    advice: "A key id with the prefix LIVE or SANDBOX takes no environment in the path; another one needs it.",
    apply: (parts) => {
      const bare = parts.path.replace(/^\/(live|sandbox)(?=\/)/, "");
      return [bare, `/live${bare}`, `/sandbox${bare}`].map((path) => ({ ...parts, path }));
    },
  },
  {
    cause: "path",
    explanation: "The service saw the path with or without a slash at its end.",
    advice: UNCHANGED,
    apply: (parts) => [{ ...parts, path: parts.path.endsWith("/") ? parts.path.slice(0, -1) : `${parts.path}/` }],
  },
  {
    cause: "path",
    explanation: "The service saw the path encoded once more, or once less.",
    advice: UNCHANGED,
    apply: (parts) => [
      { ...parts, path: parts.path.replaceAll("%", "%25") },
      { ...parts, path: decoded(parts.path) },
    ],
  },
  {
    cause: "query",
    explanation: "The service saw the query encoded or ordered differently.",
    advice: `Send a space as %20 and a comma as %2C. ${UNCHANGED}`,
    apply: (parts) =>
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
  },
  {
    cause: "region",
    explanation: "The service saw another region.",
    advice: `Check the region. ${UNCHANGED}`,
    apply: withHeader(
      "x-amz-pay-region",
      (old) => old.toUpperCase(),
      () => "na",
      () => "eu",
      () => "jp",
    ),
  },
  {
    cause: "host",
    explanation: "The service saw another host in x-amz-pay-host.",
    advice: `Check the region. ${UNCHANGED}`,
    apply: withHeader(
      "x-amz-pay-host",
      () => "pay-api.amazon.com",
      () => "pay-api.amazon.eu",
      () => "pay-api.amazon.jp",
      (old) => `${old}:443`,
    ),
  },
  {
    cause: "header",
    explanation: "The service saw another content-type or accept.",
    advice: UNCHANGED,
    apply: (parts) => [
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
    ],
  },
  {
    cause: "method",
    explanation: "The service saw another method.",
    advice: UNCHANGED,
    apply: (parts) =>
      ["GET", "POST", "PUT", "PATCH", "DELETE"]
        .filter((method) => method !== parts.method)
        .map((method) => ({ ...parts, method })),
  },
];

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
