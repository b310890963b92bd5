import fc from "fast-check";
import { resolved, typesOf, type Schema } from "./schema.ts";

/** Values by the name of their member: ids of objects that exist, and texts whose form no schema says. */
export type KnownValues = Readonly<Record<string, string>>;

/**
 * Bodies that fit a schema. A member that is not required is there, null or left out.
 *
 * @param known values for members of these names, where they are plain text
 */
export function validBodies(schema: Schema, known: KnownValues): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return valueOf(schema, "", known, "some") as fc.Arbitrary<Readonly<Record<string, unknown>>>;
}

/** A body that fits a schema and has every member. */
export function fullBody(schema: Schema, known: KnownValues): Readonly<Record<string, unknown>> {
  const [body] = fc.sample(valueOf(schema, "", known, "all"), { numRuns: 1, seed: 1 });
  return body as Readonly<Record<string, unknown>>;
}

const PATTERNS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  "^[A-Z]{2}$": fc.constantFrom("DE", "US", "JP"),
  "^\\S(?:[^\\r\\n\\t]*\\S)?$": fc.stringMatching(/^[A-Z0-9]{4,12}$/),
};

function valueOf(given: Schema, name: string, known: KnownValues, which: "some" | "all"): fc.Arbitrary<unknown> {
  const schema = resolved(given);
  const types = typesOf(schema);
  if (schema.properties?.["currencyCode"] !== undefined && schema.properties["amount"] !== undefined) {
    return fc.record({ amount: fc.constantFrom("1.00", "2.50", "3"), currencyCode: fc.constant("USD") });
  }
  if (schema.properties !== undefined) return objectOf(schema, known, which);
  if (schema.propertyNames !== undefined && typeof schema.additionalProperties === "object") {
    return fc.dictionary(fc.constantFrom("DE", "US"), valueOf(schema.additionalProperties, name, known, which), {
      minKeys: 1,
    });
  }
  if (types.includes("array")) {
    return fc.array(valueOf(schema.items ?? {}, name, known, which), { minLength: 1, maxLength: 2 });
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.filter((value) => value !== null));
  if (types.includes("boolean")) return fc.boolean();
  const knownValue = known[name];
  if (knownValue !== undefined) return fc.constant(knownValue);
  if (schema.format === "iso-8601-instant") return fc.constantFrom("20260101T000000Z", "2026-01-01T00:00:00Z");
  if (types.includes("integer")) {
    return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 12 });
  }
  if (schema.format === "uri") return fc.constantFrom("https://shop.example/a", "https://shop.example/b?c=d");
  if (schema.pattern !== undefined) {
    const values = PATTERNS[schema.pattern];
    if (values === undefined) throw new Error(`no values are known for the pattern ${schema.pattern} of ${name}`);
    return values;
  }
  if (types.length === 0) return fc.constant("x");
  return fc
    .string({ minLength: 1, maxLength: Math.min(schema.maxLength ?? 20, 20) })
    .filter((text) => text.trim() !== "");
}

function objectOf(schema: Schema, known: KnownValues, which: "some" | "all"): fc.Arbitrary<unknown> {
  const required = new Set(schema.required);
  const members = Object.entries(schema.properties ?? {}).map(([name, member]): [string, fc.Arbitrary<unknown>] => {
    const value = valueOf(member, name, known, which);
    return [name, which === "all" || required.has(name) ? value : fc.option(value, { nil: undefined, freq: 2 })];
  });
  return fc
    .record(Object.fromEntries(members))
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)));
}
