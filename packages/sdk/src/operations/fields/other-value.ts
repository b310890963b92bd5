import { isObject } from "../../kind.ts";
/** Registered, so that a value made by one copy of the package is known to another. */
const MARK: unique symbol = Symbol.for("@amazon-pay-kit/sdk/other-value");

/** A value of a request that this version does not list. Made by {@link otherValue}. */
export interface OtherValue {
  readonly [MARK]: true;
  toString(): string;
  toJSON(): string;
}

/**
 * A value for a request that is newer than this version of the kit: the types take it, and it is sent unchecked.
 *
 * @example
 * await client.charges.create({
 *   chargePermissionId: id,
 *   chargeAmount: { amount: "14.00", currencyCode: "USD" },
 *   channel: otherValue("SmartFridge"),
 * });
 */
export function otherValue(value: string): OtherValue {
  const text = String(value);
  return { [MARK]: true, toString: () => text, toJSON: () => text };
}

/** Whether a value was made by {@link otherValue}. */
export function isOtherValue(value: unknown): value is OtherValue {
  return isObject(value) && MARK in value;
}
