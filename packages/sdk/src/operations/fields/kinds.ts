import type { Field, FieldKind, FieldTable } from "./field.ts";

/** Any text; `max` in characters. */
export const text = (max?: number): FieldKind => (max === undefined ? { type: "text" } : { type: "text", max });

/** One of the known values; open to values that the service adds later. */
export const known = (...values: readonly string[]): FieldKind => ({ type: "text", values });

/** Several of the known values, with commas between them. */
export const separated = (...values: readonly string[]): FieldKind =>
  values.length === 0 ? { type: "text", separated: true } : { type: "text", values, separated: true };

/** An object with these members. */
export const object = (fields: FieldTable): FieldKind => ({ type: "object", fields });

/** A list of these. */
export const list = (items: Field): FieldKind => ({ type: "list", items });

/** The same kind, but a request without it is refused. */
export const required = (field: FieldKind): Field => ({ ...field, required: true });

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
