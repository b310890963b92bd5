import { resolved, typesOf, type Schema } from "./schema.ts";

/** A request that is wrong in one place. */
export interface Violation {
  /** What is wrong with it, for the name of a test. */
  readonly what: string;
  /** The member that the refusal must name, such as `deliveryDetails[0].carrierCode`. */
  readonly member: string;
  readonly body: unknown;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Every way in which one member of a valid body can break its schema: left out, unknown, of another type, not listed, too long, not of the
 * pattern, not an address, out of range.
 *
 * @param body has every member that the schema knows
 */
export function violationsOf(schema: Schema, body: Json): Violation[] {
  const found: Violation[] = [];
  visit(schema, body, "", (what, member, value) => found.push({ what, member, body: replaced(body, member, value) }));
  return found;
}

/** What stands for a member that is left out. */
const LEFT_OUT = Symbol("left out");

type Note = (what: string, member: string, value: unknown) => void;

function visit(given: Schema, value: unknown, path: string, note: Note): void {
  const schema = resolved(given);
  const types = typesOf(schema);
  if (
    schema.properties !== undefined &&
    schema.properties["amount"] !== undefined &&
    schema.properties["currencyCode"]
  ) {
    note("is text instead of an amount", path, "14.00");
    note("is negative", `${path}.amount`, "-1.00");
    note("has three decimals", `${path}.amount`, "1.005");
    note("is a currency that is none", `${path}.currencyCode`, "usd");
    note("is left out", `${path}.currencyCode`, LEFT_OUT);
    return;
  }
  if (schema.properties !== undefined) {
    const prefix = path === "" ? "" : `${path}.`;
    if (path !== "") note("is text instead of an object", path, "x");
    note("is unknown", `${prefix}noSuchMember`, "x");
    for (const name of schema.required ?? []) note("is left out", prefix + name, LEFT_OUT);
    for (const [name, member] of Object.entries(schema.properties)) {
      visit(member, (value as Json)[name], prefix + name, note);
    }
    return;
  }
  if (schema.propertyNames !== undefined && typeof schema.additionalProperties === "object") {
    note("has a name that does not fit", `${path}.Germany`, {});
    for (const [name, entry] of Object.entries(value as Json)) {
      visit(schema.additionalProperties, entry, `${path}.${name}`, note);
    }
    return;
  }
  if (types.includes("array")) {
    note("is text instead of a list", path, "x");
    visit(schema.items ?? {}, (value as readonly unknown[])[0], `${path}[0]`, note);
    return;
  }
  scalar(schema, types, path, note);
}

function scalar(schema: Schema, types: readonly string[], path: string, note: Note): void {
  if (types.length === 0) return;
  if (types.includes("boolean")) note("is no flag", path, "maybe");
  else if (schema.format === "iso-8601-instant") note("is no instant", path, "yesterday");
  else if (types.includes("integer")) {
    note("is no whole number", path, 1.5);
    if (schema.minimum !== undefined) note("is too small", path, schema.minimum - 1);
    if (schema.maximum !== undefined) note("is too large", path, schema.maximum + 1);
  } else {
    note("is a number instead of text", path, 7);
    if (schema.enum !== undefined) note("is not one of its values", path, "noSuchValue");
    if (schema.maxLength !== undefined) note("is too long", path, "x".repeat(schema.maxLength + 1));
    if (schema.pattern !== undefined) note("does not fit its pattern", path, "\n");
    if (schema.format === "uri") note("is no address", path, "somewhere");
    if (schema["x-https"] === true) note("is an address without TLS", path, "http://shop.example/");
  }
}

/** A copy of a body with another value at a path such as `a.b[0].c`. */
function replaced(body: unknown, path: string, value: unknown): unknown {
  const [, head = "", rest = ""] = /^\.?(?:\[(?=\d)|)([^.[\]]+)\]?(.*)$/.exec(path) ?? [];
  const copy: Record<string, unknown> | unknown[] = Array.isArray(body) ? [...body] : { ...(body as Json) };
  const members = copy as Record<string, unknown>;
  if (rest !== "") members[head] = replaced(members[head], rest, value);
  else if (value === LEFT_OUT) delete members[head];
  else members[head] = value;
  return copy;
}
