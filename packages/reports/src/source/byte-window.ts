import { Buffer } from "node:buffer";

/**
 * The stretch of a stream that is being read: bytes are added at its end and dropped from its beginning.
 *
 * It owns its memory, so that its callers may reuse theirs. A zero always follows its last byte, so that a search
 * for the end of a cell stops there without counting.
 */
export class ByteWindow {
  /** Valid from 0 to {@link end}, where a zero stands. The object changes when the window grows. */
  bytes: Buffer;
  end = 0;
  /** Place of `bytes[0]` in the stream. */
  base = 0;

  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafeSlow(capacity + 1);
  }

  append(chunk: Uint8Array): void {
    const needed = this.end + chunk.length;
    if (needed >= this.bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed + 1, this.bytes.length * 2));
      this.bytes.copy(grown, 0, 0, this.end);
      this.bytes = grown;
    }
    this.bytes.set(chunk, this.end);
    this.end = needed;
    this.bytes[needed] = 0;
  }

  /** Forgets the first `count` bytes. */
  drop(count: number): void {
    if (count === 0) return;
    this.bytes.copyWithin(0, count, this.end);
    this.end -= count;
    this.bytes[this.end] = 0;
    this.base += count;
  }
}
