import { EarliestFirst } from "./earliest-first.ts";

/** Told of every change of the state, in order, so that it can be made durable before the answer goes out. */
export interface ChangeLog {
  /** @param keys what {@link Collection.keysOf} gives of the object */
  put(collection: string, id: string, value: unknown, keys: readonly string[]): void;
  delete(collection: string, id: string): void;
  /** Every object of the collection is gone. */
  clear(collection: string): void;
}

/**
 * Objects of a collection that earlier lives left, by numbers in order of arrival. Each is read when somebody asks for it; its id
 * and its keys are known before.
 */
export interface EarlierObjects {
  /** How many there are that were not removed. */
  readonly size: number;
  /** Whether they were stored with the keys that the collection has now. */
  readonly complete: boolean;
  /** The object with an id; -1 for none. */
  find(id: string): number;
  /** The first object behind another; -1 for none. */
  next(after: number): number;
  id(object: number): string;
  /** The number by which the collection is ordered. */
  order(object: number): number;
  /** The objects under a key of an index, which is named by its place in the order of declaration. */
  under(index: number, key: string): Iterable<number>;
  /** @throws Error when it cannot be read */
  read(object: number): unknown;
  /** As it is stored. @throws Error when it cannot be read */
  text(object: number): string;
  remove(object: number): void;
}

interface Index<T> {
  readonly name: string;
  readonly keyOf: (value: T) => string;
  readonly ids: Map<string, string | Set<string>>;
}

/** An object as it is kept: the value where it was read or changed, and its number where it is of an earlier life. */
export interface Kept<T> {
  readonly id: string;
  readonly value: T | undefined;
  readonly earlier: number | undefined;
}

/**
 * Objects of one kind by their id, in order of arrival.
 *
 * Objects are changed in place and put again: `put` is what makes a change known to the log. Those of a data folder are read
 * when they are first asked for.
 */
export class Collection<T> {
  readonly name: string;
  readonly #log: ChangeLog;
  readonly #objects = new Map<string, T>();
  #earlier: EarlierObjects | undefined;
  /** Those of the earlier ones that were read or changed. */
  readonly #read = new Map<number, T>();
  /** Of all but the earlier ones. */
  readonly #indexes: Index<T>[] = [];
  /** Of all. */
  #order: { readonly valueOf: (value: T) => number; readonly ids: EarliestFirst } | undefined;

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

  get indexCount(): number {
    return this.#indexes.length;
  }

  get ordered(): boolean {
    return this.#order !== undefined;
  }

  /** Keys of an object by all indexes, and the number that it is ordered by: what is to be known of it before it is read. */
  keysOf(value: T): string[] {
    const keys = this.#indexes.map(({ keyOf }) => keyOf(value));
    if (this.#order !== undefined) keys.push(String(this.#order.valueOf(value)));
    return keys;
  }

  /** Begins with what earlier lives left. */
  beginWith(earlier: EarlierObjects): void {
    if (earlier.complete) this.#earlier = earlier;
    for (let object = earlier.next(-1); object >= 0; object = earlier.next(object)) {
      if (!earlier.complete) this.#add(earlier.id(object), earlier.read(object) as T);
      else if (this.#order === undefined) break;
      else this.#order.ids.add(earlier.order(object), earlier.id(object));
    }
  }

  /** What was left by earlier lives, as far as it is still there. */
  get earlier(): EarlierObjects | undefined {
    return this.#earlier;
  }

  get(id: string): T | undefined {
    const earlier = this.#earlier?.find(id) ?? -1;
    return earlier < 0 ? this.#objects.get(id) : this.#at(earlier);
  }

  has(id: string): boolean {
    return this.#objects.has(id) || (this.#earlier?.find(id) ?? -1) >= 0;
  }

  /** Stores a new or changed object. */
  put(id: string, value: T): T {
    const earlier = this.#earlier?.find(id) ?? -1;
    if (earlier >= 0) this.#read.set(earlier, value);
    else if (this.#objects.has(id)) this.#objects.set(id, value);
    else this.#add(id, value);
    this.#log.put(this.name, id, value, this.keysOf(value));
    return value;
  }

  delete(id: string): void {
    const value = this.get(id);
    if (value === undefined) return;
    const earlier = this.#earlier?.find(id) ?? -1;
    if (earlier >= 0) {
      this.#earlier?.remove(earlier);
      this.#read.delete(earlier);
    } else {
      this.#objects.delete(id);
      for (const { keyOf, ids } of this.#indexes) {
        const key = keyOf(value);
        const bucket = ids.get(key);
        if (bucket === id) ids.delete(key);
        else if (bucket instanceof Set) bucket.delete(id);
      }
    }
    this.#order?.ids.remove(id);
    this.#log.delete(this.name, id);
  }

  /** Every object as it is kept, in order of arrival. */
  *kept(): Generator<Kept<T>, undefined> {
    const earlier = this.#earlier;
    for (let object = earlier?.next(-1) ?? -1; object >= 0; object = earlier?.next(object) ?? -1) {
      yield { id: earlier?.id(object) ?? "", value: this.#read.get(object), earlier: object };
      // Emptied meanwhile.
      if (this.#earlier !== earlier) break;
    }
    for (const [id, value] of this.#objects) yield { id, value, earlier: undefined };
  }

  /** Every id, in order of arrival. */
  *ids(): Generator<string, undefined> {
    for (const { id } of this.kept()) yield id;
  }

  /** Every id with its object, in order of arrival. */
  *entries(): Generator<[string, T], undefined> {
    for (const { id, value, earlier } of this.kept())
      yield [id, value === undefined && earlier !== undefined ? this.#at(earlier) : (value as T)];
  }

  /** Every object, in order of arrival. */
  *values(): Generator<T, undefined> {
    for (const [, value] of this.entries()) yield value;
  }

  /** The objects under a key of an index, in order of arrival. */
  *under(index: string, key: string): Generator<T, undefined> {
    const earlier = this.#earlier;
    for (const object of this.#earlierUnder(index, key)) {
      yield this.#at(object);
      if (this.#earlier !== earlier) break;
    }
    for (const id of this.#laterUnder(index, key)) {
      const value = this.#objects.get(id);
      if (value !== undefined) yield value;
    }
  }

  /** Ids of the objects under a key of an index, in order of arrival. */
  idsUnder(index: string, key: string): string[] {
    const ids: string[] = [];
    for (const object of this.#earlierUnder(index, key)) ids.push(this.#earlier?.id(object) ?? "");
    return ids.concat(...this.#laterUnder(index, key));
  }

  /** Id of the object whose number is the lowest, by {@link orderedBy}; the lowest id where several have it. */
  first(): string | undefined {
    return this.#order?.ids.first();
  }

  get size(): number {
    return this.#objects.size + (this.#earlier?.size ?? 0);
  }

  clear(): void {
    if (this.size === 0) return;
    this.#earlier = undefined;
    this.#read.clear();
    this.#objects.clear();
    for (const { ids } of this.#indexes) ids.clear();
    this.#order?.ids.clear();
    this.#log.clear(this.name);
  }

  #at(earlier: number): T {
    const known = this.#read.get(earlier);
    if (known !== undefined) return known;
    const value = this.#earlier?.read(earlier) as T;
    this.#read.set(earlier, value);
    return value;
  }

  #earlierUnder(index: string, key: string): Iterable<number> {
    return (
      this.#earlier?.under(
        this.#indexes.findIndex(({ name }) => name === index),
        key,
      ) ?? []
    );
  }

  #laterUnder(index: string, key: string): Iterable<string> {
    const bucket = this.#indexes.find(({ name }) => name === index)?.ids.get(key) ?? [];
    return typeof bucket === "string" ? [bucket] : bucket;
  }

  #add(id: string, value: T): void {
    this.#objects.set(id, value);
    for (const { keyOf, ids } of this.#indexes) {
      const key = keyOf(value);
      const bucket = ids.get(key);
      // Most keys have one object for all their life, and a set weighs more than many an object.
      if (bucket === undefined) ids.set(key, id);
      else if (typeof bucket !== "string") bucket.add(id);
      else ids.set(key, new Set([bucket, id]));
    }
    this.#order?.ids.add(this.#order.valueOf(value), id);
  }
}
