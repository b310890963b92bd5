/**
 * Adds the `Date` header by the sandbox's clock: as with every service, it is how a caller learns what time it is there,
 * for instance which reports there are to ask for after the clock was moved.
 */
export class DateHeader {
  #second = Number.NaN;
  #text = "";

  /** The header's value for a moment in milliseconds; made once a second. */
  at(moment: number): string {
    const second = Math.floor(moment / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#text = new Date(second * 1000).toUTCString();
    }
    return this.#text;
  }
}
