import { seededRandom, type Random } from "@amazon-pay-kit/sdk/random";

/**
 * Randomness that can be resumed after a restart: every unit of work (a request, a scheduled task) draws from its own
 * stream, named by the seed and a number, so that only the number has to be stored. A unit that draws nothing takes no
 * number: reading does not change later results.
 */
export class ReplayableRandom implements Random {
  readonly #seed: string;
  readonly #remember: (number: number) => void;
  #number = 0;
  #stream: Random | undefined;

  /** @param remember called with the number of each new stream before anything is drawn from it */
  constructor(seed: string, remember: (number: number) => void) {
    this.#seed = seed;
    this.#remember = remember;
  }

  fraction(): number {
    return this.#current().fraction();
  }

  bytes(length: number): Uint8Array {
    return this.#current().bytes(length);
  }

  /** Ends the current stream. */
  end(): void {
    this.#stream = undefined;
  }

  /** Continues after the stream with this number, which an earlier process used last. */
  resume(number: number): void {
    this.#number = number;
    this.#stream = undefined;
  }

  #current(): Random {
    if (this.#stream === undefined) {
      this.#number += 1;
      this.#remember(this.#number);
      this.#stream = seededRandom(`${this.#seed}/${this.#number}`);
    }
    return this.#stream;
  }
}
