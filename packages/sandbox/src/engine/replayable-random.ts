import { seededRandom, type Random } from "@amazon-pay-kit/sdk/random";

/**
 * Chance that can be taken up again after a restart: every turn (a request, an agenda item) draws from its own stream,
 * named by the seed and the turn's number, so that the number is all that has to be remembered. A turn that draws
 * nothing has no number: reading does not change what comes after it.
 */
export class Turns implements Random {
  readonly #seed: string;
  readonly #remember: (turn: number) => void;
  #turn = 0;
  #stream: Random | undefined;

  /** @param remember told of each new turn before anything is drawn in it */
  constructor(seed: string, remember: (turn: number) => void) {
    this.#seed = seed;
    this.#remember = remember;
  }

  fraction(): number {
    return this.#current().fraction();
  }

  bytes(length: number): Uint8Array {
    return this.#current().bytes(length);
  }

  /** Closes the turn. */
  end(): void {
    this.#stream = undefined;
  }

  /** Goes on after a turn of an earlier life. */
  resume(turn: number): void {
    this.#turn = turn;
    this.#stream = undefined;
  }

  #current(): Random {
    if (this.#stream === undefined) {
      this.#turn += 1;
      this.#remember(this.#turn);
      this.#stream = seededRandom(`${this.#seed}/${this.#turn}`);
    }
    return this.#stream;
  }
}
