import { Buffer } from "node:buffer";

/** A stream of which the beginning has been looked at. */
export interface Peeked {
  /** The first bytes; fewer than asked for where the stream ends before. */
  readonly head: Buffer;
  /** All of it, from the first byte. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Ends the reading of the source, also where nothing of {@link bytes} has been read. */
  close(): Promise<void>;
}

/**
 * Looks at the first bytes of a stream without taking them away.
 *
 * @example
 * const { head, bytes, close } = await peek(source, COMPRESSION_BYTES);
 * if (detectCompression(head) !== "none") await close();
 * else for await (const piece of bytes) console.log(piece.length);
 */
export async function peek(source: AsyncIterable<Uint8Array>, count: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const start: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (length < count) {
    const { done, value } = await iterator.next();
    if (done === true) {
      ended = true;
      break;
    }
    length += value.length;
    // A copy where more is read: the source may fill its memory anew.
    start.push(length < count ? Buffer.from(value) : value);
  }
  const head = Buffer.concat(start, Math.min(length, count));
  const close = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    await iterator.return?.();
  };
  async function* all(): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield* start.splice(0);
      while (!ended) {
        const { done, value } = await iterator.next();
        if (done === true) ended = true;
        else yield value;
      }
    } finally {
      await close();
    }
  }
  return { head, bytes: all(), close };
}
