import { Buffer } from "node:buffer";

/** A stream of which the beginning has been looked at. */
export interface Peeked {
  /** The first bytes; fewer than asked for where the stream ends before. */
  readonly head: Buffer;
  /** All of it, from the first byte. */
  readonly bytes: AsyncGenerator<Uint8Array, void, void>;
}

/** Looks at the first bytes of a stream without taking them away. */
export async function peek(source: AsyncIterable<Uint8Array>, count: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const start: Buffer[] = [];
  let length = 0;
  let ended = false;
  while (length < count) {
    const { done, value } = await iterator.next();
    if (done === true) {
      ended = true;
      break;
    }
    // A copy: the source may fill its memory anew.
    start.push(Buffer.from(value));
    length += value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield* start.splice(0);
      if (!ended) yield* { [Symbol.asyncIterator]: () => iterator };
    } finally {
      await iterator.return?.();
    }
  }
  return { head: Buffer.concat(start).subarray(0, count), bytes: all() };
}
