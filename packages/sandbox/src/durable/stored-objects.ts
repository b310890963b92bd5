import type { EarlierObjects } from "../engine/collection.ts";
import type { BatchLine } from "./batch.ts";
import type { JournalFile } from "./journal-file.ts";
import { Numbers } from "./numbers.ts";
import type { PartReader } from "./parts.ts";
import { TextTable } from "./text-table.ts";

/** The objects under each key of an index: a chain through the numbers of the objects, in order of arrival. */
class KeyIndex {
  #keys: TextTable;
  #first: Numbers;
  #last: Numbers;
  #next: Numbers;

  constructor(expected: number) {
    this.#keys = new TextTable(expected);
    this.#first = Numbers.whole(expected);
    this.#last = Numbers.whole(expected);
    this.#next = Numbers.whole(expected);
  }

  static read(parts: PartReader): KeyIndex {
    const index = new KeyIndex(0);
    index.#keys = TextTable.read(parts);
    index.#first = Numbers.readWhole(parts);
    index.#last = Numbers.readWhole(parts);
    index.#next = Numbers.readWhole(parts);
    return index;
  }

  parts(): readonly ArrayBufferView[] {
    return [...this.#keys.parts(), this.#first.part, this.#last.part, this.#next.part];
  }

  add(object: number, bytes: Uint8Array, start: number, end: number): void {
    const key = this.#keys.add(bytes, start, end);
    if (key === this.#first.length) {
      this.#first.push(object);
      this.#last.push(object);
    } else {
      this.#next.set(this.#last.at(key), object);
      this.#last.set(key, object);
    }
    this.#next.push(-1);
  }

  first(key: string): number {
    const number = this.#keys.find(key);
    return number < 0 ? -1 : this.#first.at(number);
  }

  next(object: number): number {
    return this.#next.at(object);
  }
}

/** What a collection wants to be known of its objects before they are read. */
export interface Shape {
  /** How many keys each has. */
  readonly indexes: number;
  /** Whether a number follows by which they are ordered. */
  readonly ordered: boolean;
  /** How many there will be, roughly. */
  readonly expected?: number;
}

/** What is known of all objects of a collection together. */
export interface Facts {
  readonly size: number;
  readonly bytes: number;
  readonly complete: boolean;
}

/**
 * The objects of one collection that stand in a journal, by numbers in order of arrival: their ids, keys and places in the
 * file. None of them is read before somebody asks for it.
 */
export class StoredObjects implements EarlierObjects {
  readonly #file: JournalFile;
  #ids: TextTable;
  /** Number of the object that has an id now; -1 for none. */
  #objectOf: Numbers;
  /** Number of an object's id; -1 of one that is gone. */
  #idOf: Numbers;
  #offsets: Numbers;
  #lengths: Numbers;
  #indexes: readonly KeyIndex[];
  #orders: Numbers | undefined;
  #size = 0;
  #bytes = 0;
  #complete = true;

  constructor(file: JournalFile, { indexes, ordered, expected = 0 }: Shape) {
    this.#file = file;
    this.#ids = new TextTable(expected);
    this.#objectOf = Numbers.whole(expected);
    this.#idOf = Numbers.whole(expected);
    this.#offsets = Numbers.places(expected);
    this.#lengths = Numbers.whole(expected);
    this.#indexes = Array.from({ length: indexes }, () => new KeyIndex(expected >> 2));
    this.#orders = ordered ? Numbers.places(expected) : undefined;
  }

  /** What {@link parts} and {@link facts} gave. */
  static read(file: JournalFile, shape: Shape, { size, bytes, complete }: Facts, parts: PartReader): StoredObjects {
    const objects = new StoredObjects(file, { indexes: 0, ordered: shape.ordered });
    objects.#ids = TextTable.read(parts);
    objects.#objectOf = Numbers.readWhole(parts);
    objects.#idOf = Numbers.readWhole(parts);
    objects.#offsets = Numbers.readPlaces(parts);
    objects.#lengths = Numbers.readWhole(parts);
    if (shape.ordered) objects.#orders = Numbers.readPlaces(parts);
    objects.#indexes = Array.from({ length: shape.indexes }, () => KeyIndex.read(parts));
    [objects.#size, objects.#bytes, objects.#complete] = [size, bytes, complete];
    return objects;
  }

  /** All that an index file keeps of them, in the order in which it is read. */
  parts(): readonly ArrayBufferView[] {
    return [
      ...this.#ids.parts(),
      this.#objectOf.part,
      this.#idOf.part,
      this.#offsets.part,
      this.#lengths.part,
      ...(this.#orders === undefined ? [] : [this.#orders.part]),
      ...this.#indexes.flatMap((index) => index.parts()),
    ];
  }

  get shape(): Shape {
    return { indexes: this.#indexes.length, ordered: this.#orders !== undefined };
  }

  get facts(): Facts {
    return { size: this.#size, bytes: this.#bytes, complete: this.#complete };
  }

  put(line: BatchLine, at: number, length: number): void {
    const id = this.#ids.add(line.block, line.start, line.end);
    const known = this.#objectOf.at(id);
    if (known >= 0) {
      // Its keys never change.
      this.#bytes += length - this.#lengths.at(known);
      this.#offsets.set(known, at);
      this.#lengths.set(known, length);
      return;
    }
    const object = this.#idOf.push(id);
    if (id === this.#objectOf.length) this.#objectOf.push(object);
    else this.#objectOf.set(id, object);
    this.#offsets.push(at);
    this.#lengths.push(length);
    this.#size += 1;
    this.#bytes += length;
    if (line.keys !== this.#indexes.length + (this.#orders === undefined ? 0 : 1)) {
      this.#complete = false;
      return;
    }
    for (const index of this.#indexes) {
      line.nextKey();
      index.add(object, line.block, line.start, line.end);
    }
    if (this.#orders === undefined) return;
    line.nextKey();
    this.#orders.push(Number(line.block.toString("latin1", line.start, line.end)));
  }

  gone(line: BatchLine): void {
    const id = this.#ids.add(line.block, line.start, line.end);
    if (id === this.#objectOf.length) this.#objectOf.push(-1);
    const object = this.#objectOf.at(id);
    if (object >= 0) this.remove(object);
  }

  get size(): number {
    return this.#size;
  }

  /** Length of all objects that are there, as they stand in the file. */
  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#idOf.length;
  }

  /** Whether all have the keys that are asked for; otherwise the journal was written with other indexes. */
  get complete(): boolean {
    return this.#complete;
  }

  find(id: string): number {
    const number = this.#ids.find(id);
    return number < 0 ? -1 : this.#objectOf.at(number);
  }

  id(object: number): string {
    return this.#ids.text(this.#idOf.at(object));
  }

  next(after: number): number {
    for (let object = after + 1; object < this.#idOf.length; object += 1) {
      if (this.#idOf.at(object) >= 0) return object;
    }
    return -1;
  }

  order(object: number): number {
    return this.#orders?.at(object) ?? 0;
  }

  *under(index: number, key: string): Generator<number, undefined> {
    const chain = this.#indexes[index];
    if (chain === undefined) return;
    for (let object = chain.first(key); object >= 0; object = chain.next(object)) {
      if (this.#idOf.at(object) >= 0) yield object;
    }
  }

  read(object: number): unknown {
    return this.#file.object(this.#offsets.at(object), this.#lengths.at(object));
  }

  text(object: number): string {
    return this.#file.text(this.#offsets.at(object), this.#lengths.at(object));
  }

  remove(object: number): void {
    this.#objectOf.set(this.#idOf.at(object), -1);
    this.#idOf.set(object, -1);
    this.#bytes -= this.#lengths.at(object);
    this.#size -= 1;
  }

  removeAll(): void {
    for (let object = this.next(-1); object >= 0; object = this.next(object)) this.remove(object);
  }

  /** They stand in another file now. */
  moveTo(offsets: Float64Array): void {
    this.#offsets = Numbers.of(offsets);
  }
}
