import type { EarlierObjects } from "../engine/collection.ts";
import type { BatchLine } from "./batch.ts";
import type { JournalFile } from "./journal-file.ts";
import { TextTable } from "./text-table.ts";

/** The objects under each key of an index: a chain through the numbers of the objects, in order of arrival. */
class KeyIndex {
  readonly #keys = new TextTable();
  readonly #first: number[] = [];
  readonly #last: number[] = [];
  readonly #next: number[] = [];

  add(object: number, bytes: Uint8Array, start: number, end: number): void {
    const key = this.#keys.add(bytes, start, end);
    const last = this.#last[key];
    if (last === undefined) this.#first.push(object);
    else this.#next[last] = object;
    this.#last[key] = object;
    this.#next.push(-1);
  }

  first(key: string): number {
    const number = this.#keys.find(key);
    return number < 0 ? -1 : (this.#first[number] as number);
  }

  next(object: number): number {
    return this.#next[object] as number;
  }
}

/**
 * The objects of one collection that stand in a journal, by numbers in order of arrival: their ids, keys and places in the
 * file. None of them is read before somebody asks for it.
 */
export class StoredObjects implements EarlierObjects {
  readonly #file: JournalFile;
  readonly #ids = new TextTable();
  /** Number of the object that has an id now; -1 for none. */
  readonly #objectOf: number[] = [];
  /** Number of an object's id; -1 of one that is gone. */
  readonly #idOf: number[] = [];
  #offsets: number[] | Float64Array = [];

  readonly #lengths: number[] = [];
  readonly #indexes: readonly KeyIndex[];
  readonly #orders: number[] | undefined;
  #size = 0;
  #bytes = 0;
  #complete = true;

  /** @param indexes how many keys each has @param ordered whether a number follows by which they are ordered */
  constructor(file: JournalFile, indexes: number, ordered: boolean) {
    this.#file = file;
    this.#indexes = Array.from({ length: indexes }, () => new KeyIndex());
    this.#orders = ordered ? [] : undefined;
  }

  put(line: BatchLine, at: number, length: number): void {
    const id = this.#ids.add(line.block, line.start, line.end);
    const known = this.#objectOf[id] ?? -1;
    if (known >= 0) {
      // Its keys never change.
      this.#bytes += length - (this.#lengths[known] as number);
      this.#offsets[known] = at;
      this.#lengths[known] = length;
      return;
    }
    const object = this.#idOf.push(id) - 1;
    this.#objectOf[id] = object;
    (this.#offsets as number[]).push(at);
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
    const object = this.#objectOf[this.#ids.add(line.block, line.start, line.end)] ?? -1;
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
    return number < 0 ? -1 : (this.#objectOf[number] ?? -1);
  }

  id(object: number): string {
    return this.#ids.text(this.#idOf[object] as number);
  }

  next(after: number): number {
    for (let object = after + 1; object < this.#idOf.length; object += 1) {
      if ((this.#idOf[object] as number) >= 0) return object;
    }
    return -1;
  }

  order(object: number): number {
    return this.#orders?.[object] ?? 0;
  }

  *under(index: number, key: string): Generator<number, undefined> {
    const chain = this.#indexes[index];
    if (chain === undefined) return;
    for (let object = chain.first(key); object >= 0; object = chain.next(object)) {
      if ((this.#idOf[object] as number) >= 0) yield object;
    }
  }

  read(object: number): unknown {
    return this.#file.object(this.#offsets[object] as number, this.#lengths[object] as number);
  }

  text(object: number): string {
    return this.#file.text(this.#offsets[object] as number, this.#lengths[object] as number);
  }

  remove(object: number): void {
    this.#objectOf[this.#idOf[object] as number] = -1;
    this.#idOf[object] = -1;
    this.#bytes -= this.#lengths[object] as number;
    this.#size -= 1;
  }

  removeAll(): void {
    for (let object = this.next(-1); object >= 0; object = this.next(object)) this.remove(object);
  }

  /** They stand in another file now. */
  moveTo(offsets: Float64Array): void {
    this.#offsets = offsets;
  }
}
