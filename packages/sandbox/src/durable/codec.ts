/**
 * State as JSON text. Two kinds of value that JSON lacks are written as objects with one member: `{"$n":"123"}` is a
 * bigint, `{"$b":"…"}` are bytes in base64. Member names that begin with a dollar sign themselves get one more.
 */
export function encode(value: unknown): string {
  return textOf(value) ?? "null";
}

/** @throws SyntaxError for text that {@link encode} cannot have written */
export function decode(text: string): unknown {
  return JSON.parse(text, read);
}

/**
 * Put together by hand, because `JSON.stringify` with a function for the values that it lacks takes four times as long,
 * and every answered call waits for this. Like it, leaves out members that are undefined or functions.
 */
function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "number":
      return Number.isFinite(value) ? String(value) : "null";
    case "boolean":
      return value ? "true" : "false";
    case "bigint":
      return `{"$n":"${value}"}`;
    case "object":
      break;
    default:
      return undefined;
  }
  if (value === null) return "null";
  if (Array.isArray(value)) return `[${value.map((entry) => textOf(entry) ?? "null").join(",")}]`;
  if (value instanceof Uint8Array) {
    return `{"$b":"${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64")}"}`;
  }
  let text = "";
  for (const name of Object.keys(value)) {
    const member = textOf((value as Readonly<Record<string, unknown>>)[name]);
    if (member === undefined) continue;
    const key = quoted(name.startsWith("$") ? `$${name}` : name);
    text += text === "" ? `${key}:${member}` : `,${key}:${member}`;
  }
  return `{${text}}`;
}

/** Characters that JSON takes as they are; short and plain is what nearly all text is. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

const quoted = (text: string): string => (text.length < 100 && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

function read(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { $n, $b } = value as { readonly $n?: unknown; readonly $b?: unknown };
  if (typeof $n === "string") return BigInt($n);
  if (typeof $b === "string") return new Uint8Array(Buffer.from($b, "base64"));
  for (const name in value) if (name.startsWith("$")) return renamed(value);
  return value;
}

function renamed(value: object): object {
  const entries = Object.entries(value).map(([member, entry]) => [
    member.startsWith("$") ? member.slice(1) : member,
    entry as unknown,
  ]);
  return Object.fromEntries(entries) as object;
}
