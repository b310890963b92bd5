import { Buffer } from "node:buffer";
import { PropertyError } from "../outcome.ts";
import { KitError } from "@amazon-pay-kit/money";

export const utf8 = (text: string): Uint8Array => Buffer.from(text);
export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

/** A reader may refuse with errors of these classes. */
export const isOf =
  (...kinds: readonly (abstract new (...args: never[]) => Error)[]) =>
  (error: unknown): boolean =>
    kinds.some((kind) => error instanceof kind);

/** Bytes in two halves. */
export async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const half = bytes.length >> 1;
  yield bytes.subarray(0, half);
  yield bytes.subarray(half);
}

/** Bytes one by one. */
export async function* crumbs(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += 1) yield bytes.subarray(at, at + 1);
}

/** A value as text, in which nothing that differs looks the same. */
export function shown(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === "bigint"
      ? `${inner}n`
      : inner instanceof Map
        ? [...inner]
        : inner === undefined
          ? "undefined"
          : inner,
  );
}

/** @throws PropertyError where two things differ that should not */
export function mustEqual(what: string, one: unknown, other: unknown): void {
  const [left, right] = [shown(one), shown(other)];
  if (left === right) return;
  let at = 0;
  while (left[at] === right[at]) at += 1;
  const near = (of: string): string => of.slice(Math.max(0, at - 60), at + 60);
  throw new PropertyError(`${what}: ${near(left)} ≠ ${near(right)}`);
}

/** @throws PropertyError */
export function must(what: string, holds: boolean): void {
  if (!holds) throw new PropertyError(what);
}

/** Everything that a reader gives, or the error with which it refuses, which comes after what it had read. */
interface Reading {
  readonly events: readonly unknown[];
  readonly refused: KitError | undefined;
}

async function readingOf(events: AsyncIterable<unknown>): Promise<Reading> {
  const all: unknown[] = [];
  try {
    for await (const event of events) all.push(event);
    return { events: all, refused: undefined };
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    return { events: all, refused: error };
  }
}

/** Bytes come in pieces of any size: they are the same when they are the same one after the other. */
function joined(events: readonly unknown[]): unknown {
  return events.every((event) => event instanceof Uint8Array) ? Buffer.concat(events).toString("base64") : events;
}

/** Longest input that is also read byte by byte. */
const SHORT = 700;

/**
 * Reads bytes whole, in halves and one by one: however they come, the same must be read, and refused in the same words.
 *
 * @throws PropertyError, and the error with which the reader refuses
 */
export async function readHowever(
  bytes: Uint8Array,
  read: (source: AsyncGenerator<Uint8Array, void, undefined>) => AsyncIterable<unknown>,
): Promise<readonly unknown[]> {
  const whole = await readingOf(
    read(
      (async function* () {
        yield bytes;
      })(),
    ),
  );
  const others = [pieces, ...(bytes.length <= SHORT ? [crumbs] : [])];
  for (const cut of others) {
    const other = await readingOf(read(cut(bytes)));
    // Where bytes are wrong in two ways, which of them is met first depends on the pieces; that they are refused does not.
    mustEqual(`refused ${cut.name}`, whole.refused !== undefined, other.refused !== undefined);
    if (whole.refused === undefined) mustEqual(`read ${cut.name}`, joined(whole.events), joined(other.events));
  }
  if (whole.refused !== undefined) throw whole.refused;
  return whole.events;
}
