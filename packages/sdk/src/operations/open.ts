import type { OtherValue } from "./fields/other-value.ts";

declare const unlisted: unique symbol;

/**
 * A value of an answer that this version does not list. It is an ordinary string; compare it after `String(value)`. Its type is
 * one that no literal overlaps with, which is what lets the compiler refuse `state === "Capture"`.
 */
export type UnlistedValue = `${string}\n` & { readonly [unlisted]: true };

/**
 * A value of an answer: a known one, or one that a newer service sends. Known values can be compared and completed;
 * a misspelt one does not compile. For an exhaustive `switch`, narrow with a guard such as `isKnownChargeState` first.
 */
export type Open<Known extends string> = Known | UnlistedValue;

/** A text out of a set that may grow, where a misspelt one may pass: the older API, which takes types of its own. */
export type AnyText<Known extends string> = Known | (string & Record<never, never>);

/** A value of a request: one of the documented ones, or `otherValue("…")` for one that this version does not list. */
export type Closed<Known extends string> = Known | OtherValue;
