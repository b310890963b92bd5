/** Lets only this many pieces of work run at once; the others wait in the order in which they came. */
export class Limiter {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The place passes on without becoming free, so that nobody can slip in between.
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  /** Runs all, and waits for every one of them even when one fails; then throws the first failure. */
  async all<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
    const outcomes = await Promise.allSettled(items.map((item) => this.run(() => work(item))));
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  }
}
