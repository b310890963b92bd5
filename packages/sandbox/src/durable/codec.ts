/**
 * State as JSON text. Two kinds of value that JSON lacks are written as objects with one member: `{"$n":"123"}` is a
 * bigint, `{"$b":"…"}` are bytes in base64. Member names that begin with a dollar sign themselves get one more.
 */
export function encode(value: unknown): string {
  return JSON.stringify(value, write);
}

/** @throws SyntaxError for text that {@link encode} cannot have written */
export function decode(text: string): unknown {
  return JSON.parse(text, read);
}

function write(_name: string, value: unknown): unknown {
  if (typeof value === "bigint") return { $n: value.toString() };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) {
    return { $b: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
  }
  for (const name in value) if (name.startsWith("$")) return renamed(value, (member) => `$${member}`);
  return value;
}

function read(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { $n, $b } = value as { readonly $n?: unknown; readonly $b?: unknown };
  if (typeof $n === "string") return BigInt($n);
  if (typeof $b === "string") return new Uint8Array(Buffer.from($b, "base64"));
  for (const name in value) if (name.startsWith("$")) return renamed(value, (member) => member.slice(1));
  return value;
}

function renamed(value: object, rename: (member: string) => string): object {
  const entries = Object.entries(value).map(([member, entry]) => [
    member.startsWith("$") ? rename(member) : member,
    entry as unknown,
  ]);
  return Object.fromEntries(entries) as object;
}
