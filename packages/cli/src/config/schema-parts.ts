import { isIsoCurrency, readInstant } from "@amazon-pay-kit/money";
import { z } from "zod";

// A file is checked once: to write a function for each object and have it compiled takes longer than checking does.
z.config({ jitless: true });

/**
 * A schema that is made when it is first asked for. All of those for `apay.config.json` together take longer to make than Node takes
 * to start, and a file uses few.
 */
export function once<Schema>(make: () => Schema): () => Schema {
  let made: { readonly schema: Schema } | undefined;
  return () => (made ??= { schema: make() }).schema;
}

/** A day of the calendar: 31 February is none, and is not read as one in March. */
export const day = once(() =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, "expected a day such as 2026-01-31")
    .refine((text) => readInstant(`${text}T00:00:00Z`) !== null, "there is no such day"),
);

/** The code of a currency. */
export const currencyCode = once(() =>
  z
    .string()
    .regex(/^[A-Z]{3}$/, "expected three capital letters, such as EUR")
    .refine(isIsoCurrency, "there is no such currency in ISO 4217"),
);

/** The members that an object may have, each with what makes its schema. */
export type Parts = Readonly<Record<string, () => z.core.$ZodType>>;

/** A schema with all of some members. */
export type PartsObject<Given extends Parts> = z.ZodObject<
  { -readonly [Name in keyof Given]: ReturnType<Given[Name]> },
  z.core.$strict
>;

/** The values of an object, or none. */
export function valuesIn(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

/**
 * The schema of an object, with the members that at least one of some values has, and those that none may lack. For these values it
 * is as good as the whole one; without any it is the whole one. A member that is optional and that none has is not made.
 */
export function objectFor<Given extends Parts>(
  parts: Given,
  given: readonly unknown[] | undefined,
  required: readonly (keyof Given)[] = [],
): PartsObject<Given> {
  const has = (name: string): boolean =>
    given === undefined ||
    required.includes(name) ||
    given.some((value) => typeof value === "object" && value !== null && Object.hasOwn(value, name));
  const made = Object.entries(parts).filter(([name]) => has(name));
  return z.strictObject(Object.fromEntries(made.map(([name, make]) => [name, make()]))) as PartsObject<Given>;
}
