/** Reads a source of pieces byte by byte or piece by piece, and knows how far it is. */
export class PieceReader {
  /** Bytes that were read. */
  position = 0;
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** What is left of the piece being read, or the next one; never empty, `undefined` at the end. */
  async piece(): Promise<Uint8Array | undefined> {
    if (!(await this.#fill())) return undefined;
    const piece = this.#held;
    this.#held = piece.subarray(piece.length);
    this.position += piece.length;
    return piece;
  }

  /** The next byte; `undefined` at the end. */
  async byte(): Promise<number | undefined> {
    if (!(await this.#fill())) return undefined;
    const [byte] = this.#held;
    this.#held = this.#held.subarray(1);
    this.position += 1;
    return byte;
  }

  /** Gives back the end of the last piece, so that it is read again. */
  putBack(rest: Uint8Array): void {
    this.#held = rest;
    this.position -= rest.length;
  }

  /** Lets go of the source. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  async #fill(): Promise<boolean> {
    while (this.#held.length === 0) {
      const { done, value } = await this.#source.next();
      if (done === true) return false;
      this.#held = value;
    }
    return true;
  }
}
