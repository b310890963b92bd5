import { MINUTE } from "@amazon-pay-kit/money";

/** This many wrong tokens a minute from one address, then none of its requests is looked at for a while. */
const ALLOWED = 20;
/** Addresses that are remembered; beyond it those seen longest ago are let go. */
const REMEMBERED = 10_000;

interface Seen {
  count: number;
  until: number;
}

/** Counts refused tokens by address, so that nobody tries them through. */
export class Failures {
  readonly #now: () => number;
  readonly #seen = new Map<string, Seen>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Seconds until requests of the address are looked at again; 0 when they are. */
  waitSeconds(address: string): number {
    const seen = this.#seen.get(address);
    if (seen === undefined || seen.count < ALLOWED) return 0;
    return Math.max(0, Math.ceil((seen.until - this.#now()) / 1000));
  }

  refused(address: string): void {
    const now = this.#now();
    const seen = this.#seen.get(address);
    this.#seen.delete(address);
    const count = seen === undefined || seen.until <= now ? 1 : seen.count + 1;
    this.#seen.set(address, { count, until: count === 1 ? now + MINUTE : (seen?.until ?? now + MINUTE) });
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > REMEMBERED && oldest !== undefined) this.#seen.delete(oldest);
  }
}
