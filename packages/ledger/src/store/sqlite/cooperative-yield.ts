import { afterPendingEvents, type Clock } from "@amazon-pay-kit/sdk/clock";

const YIELD_EVERY_MILLIS = 50;

/**
 * Gives the rest of the process a turn now and then. A query of SQLite is done at once, so that a long run of them would
 * leave none: Ctrl-C would be heard at the end, and a lease would run out while its holder works.
 */
export class CooperativeYield {
  readonly #clock: Clock;
  #last: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#last = clock.now();
  }

  /** Whether the last turn of the others is long enough ago. */
  get due(): boolean {
    return this.#clock.now() - this.#last >= YIELD_EVERY_MILLIS;
  }

  /** Lets the others do what has come up. */
  async take(): Promise<void> {
    await new Promise<void>(afterPendingEvents);
    this.#last = this.#clock.now();
  }
}
