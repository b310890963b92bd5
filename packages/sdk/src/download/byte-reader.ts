/** Reads a stream of chunks by number of bytes. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array();
  /** Bytes that were read. */
  position = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes, or fewer where the stream ends. */
  async take(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let missing = length;
    for await (const part of this.limit(length)) {
      parts.push(part);
      missing -= part.length;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : concat(parts, length - missing);
  }

  /** The next bytes as they come, at most this many. */
  async *limit(length: number): AsyncGenerator<Uint8Array, void, undefined> {
    let missing = length;
    while (missing > 0) {
      if (this.#held.length === 0) {
        const next = await this.#source.next();
        if (next.done === true) return;
        this.#held = next.value;
        continue;
      }
      const part = this.#held.subarray(0, missing);
      this.#held = this.#held.subarray(part.length);
      this.position += part.length;
      missing -= part.length;
      yield part;
    }
  }

  /** Everything that is left. */
  rest(): AsyncGenerator<Uint8Array, void, undefined> {
    return this.limit(Number.POSITIVE_INFINITY);
  }

  /** What is left of the chunk being read, or the next one; never empty, `undefined` at the end. */
  async chunk(): Promise<Uint8Array | undefined> {
    for await (const part of this.rest()) return part;
    return undefined;
  }

  /** Gives back the end of what was read last, so that it is read again. */
  putBack(end: Uint8Array): void {
    this.#held = this.#held.length === 0 ? end : concat([end, this.#held]);
    this.position -= end.length;
  }

  /** Lets go of the source. */
  async cancel(): Promise<void> {
    await this.#source.return?.();
  }
}

/** Several chunks as one. */
export function concat(
  parts: readonly Uint8Array[],
  length = parts.reduce((sum, part) => sum + part.length, 0),
): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
