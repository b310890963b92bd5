import type { PartReader } from "./parts.ts";

/** Numbers in one block of memory that grows: a list of JavaScript's own costs several times as much to fill and to collect. */
export class Numbers {
  #values: Int32Array | Float64Array;
  length: number;

  private constructor(values: Int32Array | Float64Array, length: number) {
    this.#values = values;
    this.length = length;
  }

  /** Whole numbers of 32 bits. @param expected how many there will be, roughly: growing copies all that there are */
  static whole(expected = 0): Numbers {
    return new Numbers(new Int32Array(expected + 64), 0);
  }

  /** Places in files, which may be longer than 32 bits tell. @param expected as of {@link Numbers.whole} */
  static places(expected = 0): Numbers {
    return new Numbers(new Float64Array(expected + 64), 0);
  }

  static of(places: Float64Array): Numbers {
    return new Numbers(places, places.length);
  }

  static readWhole(parts: PartReader): Numbers {
    const values = parts.whole();
    return new Numbers(values, values.length);
  }

  static readPlaces(parts: PartReader): Numbers {
    const values = parts.places();
    return new Numbers(values, values.length);
  }

  /** The number at a place; what is not there yet is -1. */
  at(index: number): number {
    return index < this.length ? (this.#values[index] as number) : -1;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  /** @returns where it stands */
  push(value: number): number {
    const index = this.length;
    if (index === this.#values.length) {
      const longer =
        this.#values instanceof Int32Array ? new Int32Array(index * 2 + 256) : new Float64Array(index * 2 + 256);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[index] = value;
    this.length = index + 1;
    return index;
  }

  /** All of them, as a part of a file. */
  get part(): Int32Array | Float64Array {
    return this.#values.subarray(0, this.length);
  }
}
