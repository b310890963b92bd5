/** Told of every change of the state, in order, so that it can be made durable before the answer goes out. */
export interface ChangeLog {
  put(collection: string, id: string, value: unknown): void;
  delete(collection: string, id: string): void;
}

/**
 * Objects of one kind by their id, in order of arrival.
 *
 * Objects are changed in place and put again: `put` is what makes a change known to the log.
 */
export class Collection<T> {
  readonly name: string;
  readonly #objects = new Map<string, T>();
  readonly #log: ChangeLog;
  readonly #indexes = new Map<
    string,
    { readonly keyOf: (value: T) => string; readonly ids: Map<string, string | Set<string>> }
  >();

  constructor(name: string, log: ChangeLog) {
    this.name = name;
    this.#log = log;
  }

  /** Keeps a look-up by a key that never changes over an object's life, e.g. the merchant. */
  index(name: string, keyOf: (value: T) => string): this {
    this.#indexes.set(name, { keyOf, ids: new Map() });
    return this;
  }

  get(id: string): T | undefined {
    return this.#objects.get(id);
  }

  /** Stores a new or changed object. */
  put(id: string, value: T): T {
    this.restore(id, value);
    this.#log.put(this.name, id, value);
    return value;
  }

  /** Stores without telling the log: for reading durable state back. */
  restore(id: string, value: T): void {
    this.#objects.set(id, value);
    for (const { keyOf, ids } of this.#indexes.values()) {
      const key = keyOf(value);
      const bucket = ids.get(key);
      // Most keys have one object for all their life, and a set weighs more than many an object.
      if (bucket === undefined) ids.set(key, id);
      else if (typeof bucket !== "string") bucket.add(id);
      else if (bucket !== id) ids.set(key, new Set([bucket, id]));
    }
  }

  delete(id: string): void {
    if (this.forget(id)) this.#log.delete(this.name, id);
  }

  /** Takes away without telling the log: for reading durable state back. @returns whether it was there */
  forget(id: string): boolean {
    const value = this.#objects.get(id);
    if (value === undefined) return false;
    this.#objects.delete(id);
    for (const { keyOf, ids } of this.#indexes.values()) {
      const key = keyOf(value);
      const bucket = ids.get(key);
      if (bucket === id) ids.delete(key);
      else if (bucket instanceof Set) bucket.delete(id);
    }
    return true;
  }

  /** Every id with its object, in order of arrival. */
  entries(): IterableIterator<[string, T]> {
    return this.#objects.entries();
  }

  /** Every object, in order of arrival. */
  values(): IterableIterator<T> {
    return this.#objects.values();
  }

  /** The objects under a key of an index, in order of arrival. */
  *under(index: string, key: string): Generator<T> {
    const bucket = this.#indexes.get(index)?.ids.get(key) ?? [];
    for (const id of typeof bucket === "string" ? [bucket] : bucket) {
      const value = this.#objects.get(id);
      if (value !== undefined) yield value;
    }
  }

  get size(): number {
    return this.#objects.size;
  }

  clear(): void {
    for (const id of this.#objects.keys()) this.delete(id);
  }
}
