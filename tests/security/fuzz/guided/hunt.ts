import { integer, pick, type Random } from "@amazon-pay-kit/sdk/random";
import { outcomeOf } from "../outcome.ts";
import type { Target } from "../target.ts";
import { mutated } from "./mutate.ts";

/** The counters that counters.mjs lays. */
export interface Counters {
  readonly hits: Uint8Array;
  /** Numbers of the counters that are not 0: the first `passed` of them. */
  readonly touched: Uint32Array;
  readonly passed: number;
  readonly clear: () => void;
  readonly words: ReadonlySet<string>;
  /** How many counters the program has. */
  readonly placed: number;
}

const LONGEST = 4096;

/** How often a place was passed, in eight steps: a loop that runs twice is another place than one that runs once. */
const STEP = Uint8Array.from({ length: 256 }, (_, count) => {
  if (count === 0) return 0;
  const steps = [1, 2, 3, 7, 15, 31, 127, 255];
  return 1 << steps.findIndex((most) => count <= most);
});

interface Entry {
  readonly bytes: Uint8Array;
  /** How often it was the start of others. */
  picked: number;
}

/** A defect that was found. */
export interface Finding {
  readonly bytes: Uint8Array;
  readonly error: Error;
}

/** What one kind of defect looks like, whatever the bytes: the error's words without figures, and where it was thrown. */
export function signatureOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 80);
  const [, ...frames] = (error.stack ?? "").split("\n").filter((line) => /^ +at |^Error/.test(line));
  const inside = frames.find((line) => line.includes("/packages/")) ?? frames[0] ?? "";
  return `${error.name} ${error.message.replaceAll(/\d+|"[^"]*"/g, "#").slice(0, 60)} ${inside.trim()}`;
}

/** One hunt for inputs that lead a reader to new places. */
export class Hunt {
  readonly #target: Target;
  readonly #random: Random;
  readonly #counters: Counters;
  readonly #seen: Uint8Array;
  readonly #entries: Entry[] = [];
  readonly #words: readonly string[];
  readonly #known = new Set<string>();
  readonly #about: (bytes: Uint8Array) => void;
  executions = 0;
  read = 0;
  slowest = 0;
  readonly findings: Finding[] = [];

  /** @param about told of each input before it is tried, so that one on which the process ends is known */
  constructor(target: Target, random: Random, counters: Counters, about: (bytes: Uint8Array) => void) {
    this.#target = target;
    this.#random = random;
    this.#counters = counters;
    this.#words = [...counters.words];
    this.#seen = new Uint8Array(counters.hits.length);
    this.#about = about;
  }

  /** Places that were passed. */
  get places(): number {
    return this.#seen.reduce((sum, bits) => sum + (bits === 0 ? 0 : 1), 0);
  }

  get corpus(): readonly Uint8Array[] {
    return this.#entries.map(({ bytes }) => bytes);
  }

  /** Tries bytes as they are, and keeps them when they lead to something new. */
  async take(bytes: Uint8Array): Promise<void> {
    const clean = await this.#execute(bytes);
    if (this.#look() && clean) this.#entries.push({ bytes, picked: 0 });
  }

  /** Tries one mutation of what there is. */
  async step(): Promise<void> {
    const entry = this.#choose();
    const other = (): Uint8Array => pick(this.#random, this.#entries).bytes;
    const stock = { random: this.#random, words: this.#words, other };
    for (let left = entry.picked < 4 ? 64 : 16; left > 0; left -= 1)
      await this.take(mutated(entry.bytes, stock, this.#target.longest ?? LONGEST));
    entry.picked += 1;
  }

  /** The fewest entries, shortest first, that pass all places; each cut down to what that takes, as long as there is time. */
  async minimised(within: () => boolean): Promise<Uint8Array[]> {
    const sorted = this.corpus.toSorted((left, right) => left.length - right.length);
    const seen = new Uint8Array(this.#seen.length);
    const kept: Uint8Array[] = [];
    for (const bytes of sorted) {
      await this.#execute(bytes);
      // How often a loop ran tells apart too many: what is kept for the next hunt passes each place once.
      const places = this.#newPlaces(seen);
      if (places.length === 0) continue;
      const shorter = await this.#cut(bytes, places, within);
      for (const at of places) seen[at] = 1;
      kept.push(shorter);
    }
    return kept;
  }

  async #cut(bytes: Uint8Array, places: readonly number[], within: () => boolean): Promise<Uint8Array> {
    let best = bytes;
    for (let size = best.length >> 1; size >= 1 && within(); size >>= 1) {
      for (let at = 0; at + size <= best.length && within();) {
        const shorter = Uint8Array.from([...best.subarray(0, at), ...best.subarray(at + size)]);
        const clean = await this.#execute(shorter);
        if (clean && places.every((place) => this.#counters.hits[place] !== 0)) best = shorter;
        else at += size;
      }
    }
    return best;
  }

  #newPlaces(seen: Uint8Array): number[] {
    const { touched, passed } = this.#counters;
    return [...touched.subarray(0, passed)].filter((at) => seen[at] === 0);
  }

  /** New ones and those that were seldom the start come more often. */
  #choose(): Entry {
    if (this.#entries.length === 0) this.#entries.push({ bytes: new Uint8Array(), picked: 0 });
    const recent = integer(this.#random, 0, 2) === 0;
    const from = recent ? Math.max(0, this.#entries.length - 8) : 0;
    const choice = (): Entry => this.#entries[integer(this.#random, from, this.#entries.length - 1)] as Entry;
    const [one, other] = [choice(), choice()];
    return one.picked <= other.picked ? one : other;
  }

  async #execute(bytes: Uint8Array): Promise<boolean> {
    this.#about(bytes);
    this.#counters.clear();
    this.executions += 1;
    const start = performance.now();
    try {
      if ((await outcomeOf(this.#target, bytes)) === "read") this.read += 1;
      return true;
    } catch (error) {
      const signature = signatureOf(error);
      if (!this.#known.has(signature)) {
        this.#known.add(signature);
        this.findings.push({ bytes, error: error instanceof Error ? error : new Error(String(error)) });
      }
      return false;
    } finally {
      this.slowest = Math.max(this.slowest, performance.now() - start);
    }
  }

  /** Whether the last input passed a place that none did before, or one more or less often. */
  #look(): boolean {
    const { hits, touched, passed } = this.#counters;
    let isNew = false;
    for (let index = 0; index < passed; index += 1) {
      const at = touched[index] ?? 0;
      const bit = STEP[hits[at] ?? 0] ?? 0;
      if (((this.#seen[at] ?? 0) & bit) !== 0) continue;
      this.#seen[at] = (this.#seen[at] ?? 0) | bit;
      isNew = true;
    }
    return isNew;
  }
}
