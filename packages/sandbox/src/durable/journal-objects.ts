import type { BatchLine, BatchReader } from "./batch.ts";
import type { JournalFile } from "./journal-file.ts";
import { StoredObjects, type Shape } from "./stored-objects.ts";

/** Where the objects of a journal stand, by collection; what {@link BatchReader} tells goes in here. */
export class JournalObjects implements BatchReader {
  readonly byName: Map<string, StoredObjects>;
  readonly #file: JournalFile;
  readonly #shapeOf: (name: string) => Shape;

  /** @param known those of an earlier part of the journal */
  constructor(file: JournalFile, shapeOf: (name: string) => Shape, known: Map<string, StoredObjects> = new Map()) {
    this.#file = file;
    this.#shapeOf = shapeOf;
    this.byName = known;
  }

  put(collection: string, line: BatchLine, at: number, length: number): void {
    this.#of(collection).put(line, at, length);
  }

  gone(collection: string, line: BatchLine): void {
    this.#of(collection).gone(line);
  }

  emptied(collection: string): void {
    this.#of(collection).removeAll();
  }

  #of(name: string): StoredObjects {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const made = new StoredObjects(this.#file, this.#shapeOf(name));
    this.byName.set(name, made);
    return made;
  }
}
