import { writeSync } from "node:fs";

/** Appends text to files, through one buffer for all of it. */
export class LineWriter {
  #scratch = Buffer.allocUnsafeSlow(64 * 1024);

  /** @returns bytes written */
  write(descriptor: number, text: string): number {
    // Three bytes are the most that a UTF-16 unit takes in UTF-8.
    if (this.#scratch.length < text.length * 3) this.#scratch = Buffer.allocUnsafeSlow(text.length * 4);
    const length = this.#scratch.write(text);
    let written = 0;
    while (written < length) written += writeSync(descriptor, this.#scratch, written, length - written);
    return length;
  }
}
