import { EarliestFirst } from "./earliest-first.ts";

/** Told of every change of the state, in order, so that it can be made durable before the answer goes out. */
export interface ChangeLog {
  /** @param keys what {@link Collection.keysOf} gives of the object */
  put(collection: string, id: string, value: unknown, keys: readonly string[]): void;
  delete(collection: string, id: string): void;
  /** Every object of the collection is gone. */
  clear(collection: string): void;
}

/** Objects of a data folder that nobody has asked for yet, by their numbers. */
export interface UnreadObjects {
  /** @throws Error when it cannot be read */
  read(place: number): unknown;
  /** The object as it is stored. @throws Error when it cannot be read */
  text(place: number): string;
  /** What {@link Collection.keysOf} gave when it was stored, with the keys from `first` on; undefined where there were not so many. */
  keys(place: number, count: number): { readonly keys: readonly string[]; readonly first: number } | undefined;
}

interface Index<T> {
  readonly name: string;
  readonly keyOf: (value: T) => string;
  readonly ids: Map<string, string | Set<string>>;
}

/**
 * Objects of one kind by their id, in order of arrival.
 *
 * Objects are changed in place and put again: `put` is what makes a change known to the log. Those of a data folder are read
 * when they are first asked for; until then a number stands for each, and its keys were told at the start.
 */
export class Collection<T> {
  readonly name: string;
  /** Objects themselves are never numbers. */
  readonly #objects = new Map<string, T | number>();
  readonly #log: ChangeLog;
  readonly #indexes: Index<T>[] = [];
  #order: { readonly valueOf: (value: T) => number; readonly ids: EarliestFirst } | undefined;
  #unread: UnreadObjects | undefined;

  constructor(name: string, log: ChangeLog) {
    this.name = name;
    this.#log = log;
  }

  /** Keeps a look-up by a key that never changes over an object's life, e.g. the merchant. */
  index(name: string, keyOf: (value: T) => string): this {
    this.#indexes.push({ name, keyOf, ids: new Map() });
    return this;
  }

  /** Keeps an order by a number that never changes over an object's life, for {@link first}. */
  orderedBy(valueOf: (value: T) => number): this {
    this.#order = { valueOf, ids: new EarliestFirst() };
    return this;
  }

  /** Keys of an object by all indexes, and the number that it is ordered by: what is to be known of it before it is read. */
  keysOf(value: T): string[] {
    const keys = this.#indexes.map(({ keyOf }) => keyOf(value));
    if (this.#order !== undefined) keys.push(String(this.#order.valueOf(value)));
    return keys;
  }

  /** How many {@link keysOf} gives. */
  get keyCount(): number {
    return this.#indexes.length + (this.#order === undefined ? 0 : 1);
  }

  get(id: string): T | undefined {
    const value = this.#objects.get(id);
    return typeof value === "number" ? this.#read(id, value) : value;
  }

  has(id: string): boolean {
    return this.#objects.has(id);
  }

  /** Stores a new or changed object. */
  put(id: string, value: T): T {
    const keys = this.keysOf(value);
    const before = this.#objects.size;
    this.#objects.set(id, value);
    // The keys of one that was there are as they were.
    if (this.#objects.size !== before) this.#enter(id, keys, 0);
    this.#log.put(this.name, id, value, keys);
    return value;
  }

  /**
   * Stores an object that is read when somebody asks for it, without telling the log: for reading durable state back, which
   * ends with {@link indexAnew}.
   */
  restoreUnread(id: string, place: number, unread: UnreadObjects): void {
    this.#unread = unread;
    this.#objects.set(id, place);
  }

  /** The number of an object that was not read yet. */
  placeOf(id: string): number | undefined {
    const value = this.#objects.get(id);
    return typeof value === "number" ? value : undefined;
  }

  /** Takes away without telling the log: for reading durable state back, which ends with {@link indexAnew}. */
  forget(id: string): void {
    this.#objects.delete(id);
  }

  /** As {@link forget}, of all objects. */
  forgetAll(): void {
    this.#objects.clear();
  }

  /** Fills the indexes after durable state was read back. */
  indexAnew(): void {
    const count = this.keyCount;
    if (count === 0) return;
    this.#emptyIndexes();
    for (const [id, value] of this.#objects) {
      const stored = typeof value === "number" ? this.#unread?.keys(value, count) : undefined;
      if (stored !== undefined) this.#enter(id, stored.keys, stored.first);
      else this.#enter(id, this.keysOf(typeof value === "number" ? this.#read(id, value) : value), 0);
    }
  }

  delete(id: string): void {
    const value = this.get(id);
    if (value === undefined) return;
    this.#objects.delete(id);
    for (const { keyOf, ids } of this.#indexes) {
      const key = keyOf(value);
      const bucket = ids.get(key);
      if (bucket === id) ids.delete(key);
      else if (bucket instanceof Set) bucket.delete(id);
    }
    this.#order?.ids.remove(id);
    this.#log.delete(this.name, id);
  }

  /** Every id, in order of arrival. */
  ids(): IterableIterator<string> {
    return this.#objects.keys();
  }

  /** Every id with its object, in order of arrival. */
  *entries(): Generator<[string, T], undefined> {
    for (const [id, value] of this.#objects) yield [id, typeof value === "number" ? this.#read(id, value) : value];
  }

  /** Every object, in order of arrival. */
  *values(): Generator<T, undefined> {
    for (const [id, value] of this.#objects) yield typeof value === "number" ? this.#read(id, value) : value;
  }

  /** Every id with its object, or with the number of one that was not read yet. */
  stored(): IterableIterator<[string, T | number]> {
    return this.#objects.entries();
  }

  /** What reads the objects that stand as numbers in {@link stored}. */
  get unread(): UnreadObjects | undefined {
    return this.#unread;
  }

  /** The objects under a key of an index, in order of arrival. */
  *under(index: string, key: string): Generator<T, undefined> {
    const bucket = this.#bucket(index, key);
    for (const id of typeof bucket === "string" ? [bucket] : bucket) {
      const value = this.get(id);
      if (value !== undefined) yield value;
    }
  }

  /** Ids of the objects under a key of an index, in order of arrival. */
  idsUnder(index: string, key: string): string[] {
    const bucket = this.#bucket(index, key);
    return typeof bucket === "string" ? [bucket] : [...bucket];
  }

  /** Id of the object whose number is the lowest, by {@link orderedBy}; the lowest id where several have it. */
  first(): string | undefined {
    return this.#order?.ids.first();
  }

  get size(): number {
    return this.#objects.size;
  }

  clear(): void {
    if (this.#objects.size === 0) return;
    this.#objects.clear();
    this.#emptyIndexes();
    this.#log.clear(this.name);
  }

  #emptyIndexes(): void {
    for (const { ids } of this.#indexes) ids.clear();
    this.#order?.ids.clear();
  }

  #bucket(index: string, key: string): string | ReadonlySet<string> | readonly string[] {
    return this.#indexes.find(({ name }) => name === index)?.ids.get(key) ?? [];
  }

  #read(id: string, place: number): T {
    const value = this.#unread?.read(place) as T;
    this.#objects.set(id, value);
    return value;
  }

  /** @param keys a list that has the object's keys from `first` on */
  #enter(id: string, keys: readonly string[], first: number): void {
    const indexes = this.#indexes;
    for (let number = 0; number < indexes.length; number += 1) {
      const { ids } = indexes[number] as Index<T>;
      const key = keys[first + number] as string;
      const bucket = ids.get(key);
      // Most keys have one object for all their life, and a set weighs more than many an object.
      if (bucket === undefined) ids.set(key, id);
      else if (typeof bucket !== "string") bucket.add(id);
      else ids.set(key, new Set([bucket, id]));
    }
    this.#order?.ids.add(Number(keys[first + indexes.length]), id);
  }
}
