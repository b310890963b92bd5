/** Bytes that may stand before the first sign of a text: blanks, and the byte order mark of UTF-8. */
const BLANK: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/** What tells one kind of file from another lies in so many bytes. */
const TELLING = 16;

/** The beginning of a file, and all of it. */
export interface Peek {
  /** From the first byte that is no blank; a few bytes, or less where the file ends. */
  readonly head: Uint8Array;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Looks at the beginning of a file without taking it away. */
export async function peek(source: AsyncIterable<Uint8Array>): Promise<Peek> {
  const pieces: Uint8Array[] = [];
  const head: number[] = [];
  const iterator = source[Symbol.asyncIterator]();
  while (head.length < TELLING) {
    const { value, done } = await iterator.next();
    if (done === true) break;
    pieces.push(Uint8Array.from(value));
    for (const byte of value) {
      if (head.length === TELLING) break;
      if (head.length > 0 || !BLANK.has(byte)) head.push(byte);
    }
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* pieces;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: Uint8Array.from(head), bytes: all() };
}
