import { afterPendingEvents, type Clock } from "@amazon-pay-kit/sdk/clock";

const YIELD_EVERY_MILLIS = 50;

/**
 * Yields to the event loop at intervals. SQLite queries are synchronous: without it, a long series of them would delay Ctrl-C
 * to the end, and a lease would expire while its holder works.
 */
export class CooperativeYield {
  readonly #clock: Clock;
  #last: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#last = clock.now();
  }

  /** Whether the last yield is long enough ago. */
  get due(): boolean {
    return this.#clock.now() - this.#last >= YIELD_EVERY_MILLIS;
  }

  /** Yields to the event loop. */
  async take(): Promise<void> {
    await new Promise<void>(afterPendingEvents);
    this.#last = this.#clock.now();
  }
}
