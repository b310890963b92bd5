/** Request ids: unique within a life of the sandbox, the same for the same seed, and cheap. */
export class RequestIds {
  readonly #prefix: string;
  #count = 0;

  constructor(seed: string) {
    let mix = 0x811c_9dc5;
    for (const character of seed) mix = Math.imul(mix ^ (character.codePointAt(0) ?? 0), 0x0100_0193);
    const first = (mix >>> 0).toString(16).padStart(8, "0");
    const second = (Math.imul(mix, 0x9e37_79b1) >>> 0).toString(16).padStart(8, "0");
    this.#prefix = `${first}-${second.slice(0, 4)}-4${second.slice(4, 7)}-8${first.slice(0, 3)}-`;
  }

  /** The next id, in the shape of a UUID. */
  next(): string {
    this.#count += 1;
    return this.#prefix + this.#count.toString(16).padStart(12, "0");
  }
}
