import type { Field, FieldKind, FieldTable } from "./field.ts";

// The annotations let bundlers leave out the tables that a program does not use.

/** Any text; `max` in characters. */
/* @__NO_SIDE_EFFECTS__ */
export function text(max?: number): FieldKind {
  return max === undefined ? { type: "text" } : { type: "text", max };
}

/** One of the documented values. */
/* @__NO_SIDE_EFFECTS__ */
export function known(...values: readonly string[]): FieldKind {
  return { type: "text", values };
}

/** The same, of values that are listed elsewhere. */
/* @__NO_SIDE_EFFECTS__ */
export function oneOf(values: readonly string[]): FieldKind {
  return { type: "text", values };
}

/** An id as the service gives them: a blank or a line break around it comes from a copied secret or a file's last line. */
export const id: FieldKind = {
  type: "text",
  pattern: /^\S(?:[^\r\n\t]*\S)?$/,
  words: "an id without blanks or line breaks around it: trim it",
};

/** Several of the values, with commas between them. */
/* @__NO_SIDE_EFFECTS__ */
export function separated(values: readonly string[]): FieldKind {
  return { type: "text", values, separated: true };
}

/** An object with these members. */
/* @__NO_SIDE_EFFECTS__ */
export function object(fields: FieldTable): FieldKind {
  return { type: "object", fields };
}

/** A list of these. */
/* @__NO_SIDE_EFFECTS__ */
export function list(items: Field): FieldKind {
  return { type: "list", items };
}

/** The same kind, but a request without it is refused. */
/* @__NO_SIDE_EFFECTS__ */
export function required(field: FieldKind): Field {
  return { ...field, required: true };
}

/** Several tables as one. */
/* @__NO_SIDE_EFFECTS__ */
export function merged(first: FieldTable, second: FieldTable): FieldTable {
  return { ...first, ...second };
}

/** True or false. */
export const boolean: FieldKind = { type: "boolean" };
/** An amount with its currency. */
export const price: FieldKind = { type: "price" };
/** An absolute HTTPS address. */
export const url: FieldKind = { type: "url" };
/** An instant: ISO 8601, or epoch seconds or milliseconds where the official samples send those. */
export const timestamp: FieldKind = { type: "timestamp" };
/** A member whose inside is not documented. */
export const any: FieldKind = { type: "any" };
