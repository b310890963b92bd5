import { wrongOption } from "../errors/configuration-error.ts";
import { invalidValue, type FieldIssue } from "../operations/fields/issue.ts";
import { hex } from "../random/draws.ts";
import type { Random } from "../random/random.ts";
import { sha256Hex } from "../signing/sha256.ts";
import { isText } from "../kind.ts";

/** What the service takes as a key (docs/amazon-pay/requests.md). */
const KEY = /^[a-zA-Z0-9_-]{1,32}$/;

/** A fresh key: 32 hexadecimal digits. */
export function newIdempotencyKey(random: Random): string {
  return hex(random, 16);
}

/**
 * Derives an idempotency key: the same parts always give the same key, in every process, so that a restarted program
 * repeats its call instead of making a second one.
 *
 * The service remembers keys forever and for the whole account. Include the action as well as the object, and whatever makes
 * this call different from the next: an order's third capture must not get the key of its second.
 *
 * @returns 32 hexadecimal digits
 * @example idempotencyKeyFrom("order-4711", "refund", 2)
 * @throws ConfigurationError `config.option` for no parts or an empty part: a missing id must not give every call the same key
 */
export function idempotencyKeyFrom(
  ...parts: readonly [string | number | bigint, ...(string | number | bigint)[]]
): string {
  const bad = parts.findIndex((part: unknown) => !isPart(part));
  if (parts.length === 0 || bad >= 0) {
    throw wrongOption(
      `idempotencyKeyFrom needs parts that are texts or whole numbers and not empty${bad < 0 ? "" : `; part ${bad + 1} is none`}: with a missing id different deeds would have one key`,
    );
  }
  // With the lengths in, ("ab", "c") and ("a", "bc") differ.
  return sha256Hex(parts.map((part) => `${String(part).length}:${String(part)}`).join("")).slice(0, 32);
}

function isPart(part: unknown): boolean {
  return (isText(part) && part !== "") || Number.isSafeInteger(part) || typeof part === "bigint";
}

/** What is wrong with a key, or undefined. */
export function checkIdempotencyKey(key: unknown): FieldIssue | undefined {
  if (isText(key) && KEY.test(key)) return undefined;
  const uuid = isText(key) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key);
  return invalidValue(
    "idempotencyKey",
    uuid
      ? "is a UUID of 36 characters, but at most 32 are allowed: take the dashes out"
      : "must be 1 to 32 characters of a-z, A-Z, 0-9, - and _",
  );
}
