/** Every part of a file begins at a multiple of this, so that numbers of 64 bits can be read where they stand. */
export const ALIGNMENT = 8;

/** A part's length with what is filled up behind it. */
export const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Reads parts of a file in the order in which they were written, without copying them. */
export class PartReader {
  readonly #file: Buffer;
  readonly #lengths: readonly number[];
  #at = 0;
  #part = 0;

  /** @param lengths of the parts, in bytes */
  constructor(file: Buffer, lengths: readonly number[]) {
    this.#file = file;
    this.#lengths = lengths;
  }

  bytes(): Buffer {
    const [start, length] = this.#next();
    return this.#file.subarray(start, start + length);
  }

  whole(): Int32Array {
    const [start, length] = this.#next();
    return new Int32Array(this.#file.buffer, this.#file.byteOffset + start, length / 4);
  }

  places(): Float64Array {
    const [start, length] = this.#next();
    return new Float64Array(this.#file.buffer, this.#file.byteOffset + start, length / 8);
  }

  #next(): readonly [start: number, length: number] {
    const start = this.#at;
    const length = this.#lengths[this.#part];
    if (length === undefined || start + length > this.#file.length) throw new RangeError("the file has fewer parts");
    this.#part += 1;
    this.#at += aligned(length);
    return [start, length];
  }
}
