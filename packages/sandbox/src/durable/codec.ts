/**
 * State as JSON text. Two kinds of value that JSON lacks are written as objects with one member: `{"$n":"123"}` is a
 * bigint, `{"$b":"…"}` are bytes in base64. Member names that begin with a dollar sign themselves get one more.
 */
export function encode(value: unknown): string {
  return JSON.stringify(storable(value));
}

/** @throws SyntaxError for text that {@link encode} cannot have written */
export function decode(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Every value that needs more work has a member whose name begins with a dollar sign, or that JSON escapes.
  return text.includes('"$') || text.includes('"\\u0024') ? restored(value) : value;
}

/**
 * The value itself where JSON has all that is needed, otherwise a copy of the objects that lead to what it lacks.
 *
 * `JSON.stringify` could be given a function for that, but takes four times as long then, and every answered call waits
 * for this.
 */
function storable(value: unknown): unknown {
  if (typeof value === "bigint") return { $n: value.toString() };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) {
    return { $b: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
  }
  if (Array.isArray(value)) return storableList(value);
  let copy: Record<string, unknown> | undefined;
  let renaming = false;
  for (const name of Object.keys(value)) {
    renaming ||= name.startsWith("$");
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (typeof member !== "bigint" && (typeof member !== "object" || member === null)) continue;
    const stored = storable(member);
    if (stored === member) continue;
    copy ??= { ...value };
    if (name === "__proto__") Object.defineProperty(copy, name, { value: stored });
    else copy[name] = stored;
  }
  return renaming ? renamed(copy ?? value, (member) => `$${member}`) : (copy ?? value);
}

function storableList(list: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, entry] of list.entries()) {
    const stored = storable(entry);
    if (stored !== entry) (copy ??= [...list])[index] = stored;
  }
  return copy ?? list;
}

/**
 * The value with its bigints and bytes. `JSON.parse` could be given a function for that, but takes three times as long
 * then, and a sandbox with a long history waits for this at its start.
 */
function restored(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) {
      if (typeof entry === "object" && entry !== null) value[index] = restored(entry);
    }
    return value;
  }
  const members = value as Record<string, unknown>;
  const { $n, $b } = members;
  if (typeof $n === "string") return BigInt($n);
  if (typeof $b === "string") return new Uint8Array(Buffer.from($b, "base64"));
  let renaming = false;
  for (const name of Object.keys(members)) {
    renaming ||= name.startsWith("$");
    const member = members[name];
    if (typeof member !== "object" || member === null) continue;
    const whole = restored(member);
    if (whole === member) continue;
    if (name === "__proto__") Object.defineProperty(members, name, { value: whole });
    else members[name] = whole;
  }
  return renaming ? renamed(value, (member) => member.slice(1)) : value;
}

function renamed(value: object, rename: (member: string) => string): object {
  const entries = Object.entries(value).map(([member, entry]) => [
    member.startsWith("$") ? rename(member) : member,
    entry as unknown,
  ]);
  return Object.fromEntries(entries) as object;
}
