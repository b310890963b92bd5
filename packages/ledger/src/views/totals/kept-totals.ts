/** So long a sum is given out as it is; an older one is given out once more, and made anew meanwhile. */
const FRESH_MILLIS = 60_000;

/** A sum that is made anew takes at most this part of the time, however long it takes. */
const MOST_OF_TIME = 0.05;

/** Of so many sums at a time; those that were asked for longest ago go first. */
const MOST_KEPT = 100;

interface Kept {
  value: Promise<unknown>;
  madeAt: number;
  tookMillis: number;
  renewing: boolean;
}

/**
 * Sums over very many accounts, kept for a minute. With ten thousand accounts a sum over all of them reads some hundred thousand kept
 * sums: whoever looks at a page does not wait for that again and again, nor do others. The first one waits; later ones get what is
 * kept, while what is older than a minute is made anew behind them.
 *
 * @example
 * const totals = new KeptTotals(() => clock.now());
 * const views = { store, totals };
 */
export class KeptTotals {
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  /** @param now the time, milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** What is kept under a name, or what `make` makes of the books now. An error is not kept. */
  async get<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(name);
    if (known === undefined) return (await this.#make(name, make)) as T;
    this.#kept.delete(name);
    this.#kept.set(name, known);
    const age = this.#now() - known.madeAt;
    if (!known.renewing && age > FRESH_MILLIS && age > known.tookMillis / MOST_OF_TIME) {
      known.renewing = true;
      // Whoever asked has an answer already; the next one tries again.
      this.#make(name, make, known).catch(() => {
        known.renewing = false;
      });
    }
    return (await known.value) as T;
  }

  async #make(name: string, make: () => Promise<unknown>, known?: Kept): Promise<unknown> {
    const began = this.#now();
    const value = make();
    if (known === undefined) {
      const first: Kept = { value, madeAt: began, tookMillis: 0, renewing: true };
      this.#kept.set(name, first);
      const [oldest] = this.#kept.keys();
      if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
      value.then(
        () => {
          first.renewing = false;
          first.tookMillis = this.#now() - began;
        },
        () => this.#kept.delete(name),
      );
      return value;
    }
    await value;
    this.#kept.set(name, { value, madeAt: began, tookMillis: this.#now() - began, renewing: false });
    return value;
  }
}
