import { closeSync, fstat, fstatSync, openSync, readSync, rename, rmSync, write } from "node:fs";
import { endianness } from "node:os";
import { crc32 } from "node:zlib";
import { BatchRun } from "./batch.ts";
import { JournalFile } from "./journal-file.ts";
import { JournalObjects } from "./journal-objects.ts";
import { aligned, PartReader } from "./parts.ts";
import { StoredObjects, type Facts, type Shape } from "./stored-objects.ts";

/**
 * Where the objects of the first part of a journal stand, as a file beside it: a start reads these blocks of memory in place of
 * every change that led there (decisions/0075-index-beside-the-journal.md).
 *
 * The parts, then a JSON text that says what they are and which bytes of the journal they are of, with their checksum; at the end
 * the text's length and the checksum of all that comes before. Whatever is not as it should be makes a start read the journal
 * itself: the index holds nothing that is not there.
 */
interface Contents {
  readonly format: typeof FORMAT;
  readonly endianness: string;
  /** Of the journal, what the index is of. */
  readonly journal: { readonly end: number; readonly checksum: number };
  readonly collections: readonly (Facts & { readonly name: string; readonly shape: Shape })[];
  /** Their lengths in bytes. */
  readonly parts: readonly number[];
}

const FORMAT = "amazon-pay-sandbox-index/1";

/** The length of the text and the checksum. */
const TAIL = 8;

/** Read or written at once, in bytes. */
const PIECE = 1024 * 1024;

/** Of the journal, read at once while calls go on: some milliseconds of work. */
const SLICE = 128 * 1024;

/** What an index has led to. */
export interface Indexed {
  readonly objects: Map<string, StoredObjects>;
  /** Where in the journal the rest begins. */
  readonly end: number;
}

/** Checksum of a file's first bytes; undefined where it has fewer. */
function checksumOf(descriptor: number, end: number): number | undefined {
  const block = Buffer.allocUnsafeSlow(Math.max(1, Math.min(end, 4 * PIECE)));
  let checksum = 0;
  for (let at = 0; at < end;) {
    const size = readSync(descriptor, block, 0, Math.min(block.length, end - at), at);
    if (size === 0) return undefined;
    checksum = crc32(block.subarray(0, size), checksum);
    at += size;
  }
  return checksum;
}

const sameShape = (left: Shape, right: Shape): boolean =>
  left.indexes === right.indexes && left.ordered === right.ordered;

/**
 * Reads an index.
 *
 * @param journal descriptor of the journal
 * @param file where the objects are read later
 * @param shapeOf what each collection wants now: an index that was made for other look-ups does not count
 * @returns undefined where there is none that fits the journal
 */
export function readIndex(
  path: string,
  journal: number,
  file: JournalFile,
  shapeOf: (name: string) => Shape,
): Indexed | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, "r");
    const { size } = fstatSync(descriptor);
    const whole = Buffer.allocUnsafeSlow(size);
    for (let at = 0; at < size;) {
      const read = readSync(descriptor, whole, at, size - at, at);
      if (read === 0) return undefined;
      at += read;
    }
    const text = whole.readUInt32LE(size - TAIL);
    if (crc32(whole.subarray(0, size - TAIL)) !== whole.readUInt32LE(size - TAIL + 4)) return undefined;
    const contents = JSON.parse(whole.toString("utf8", size - TAIL - text, size - TAIL)) as Contents;
    if (contents.format !== FORMAT || contents.endianness !== endianness()) return undefined;
    if (!contents.collections.every(({ name, shape }) => sameShape(shape, shapeOf(name)))) return undefined;
    if (checksumOf(journal, contents.journal.end) !== contents.journal.checksum) return undefined;
    const parts = new PartReader(whole, contents.parts);
    const objects = new Map<string, StoredObjects>();
    for (const { name, shape, ...facts } of contents.collections)
      objects.set(name, StoredObjects.read(file, shape, facts, parts));
    return { objects, end: contents.journal.end };
  } catch {
    // Torn, of another kind or not there: the journal has it all.
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/**
 * An index that is made of a journal in slices, while calls go on: first the journal is read to an end that was known at the
 * beginning, then the file is written. What is added to the journal meanwhile is not in it.
 */
export class IndexBuild {
  /** Of the journal, what the index will be of. */
  readonly end: number;
  readonly #path: string;
  readonly #objects: JournalObjects;
  readonly #run: BatchRun;
  readonly #descriptor: number;
  #checksum = 0;
  #written = 0;
  #open = true;
  #writing = false;
  #abandoned = false;
  #done: (error: Error | null) => void = () => undefined;

  /** @throws Error of the file system */
  constructor(path: string, journal: number, end: number, shapeOf: (name: string) => Shape) {
    this.#path = path;
    this.end = end;
    this.#descriptor = openSync(this.#unfinished, "w", 0o600);
    this.#objects = new JournalObjects(new JournalFile(() => path), shapeOf);
    this.#run = new BatchRun(
      (into, offset, at) => {
        const size = readSync(journal, into, offset, Math.min(into.length - offset, end - at), at);
        this.#checksum = crc32(into.subarray(offset, offset + size), this.#checksum);
        return size;
      },
      this.#objects,
      0,
      SLICE,
    );
  }

  get #unfinished(): string {
    return `${this.#path}.tmp`;
  }

  /** Makes it, and calls back when it is there or cannot be made; not after {@link abandon}. */
  make(done: (error: Error | null) => void): void {
    this.#done = done;
    this.#scan();
  }

  #scan(): void {
    try {
      const found = this.#run.step();
      if (found === undefined) {
        // Other work has its turn: the answer comes from another thread.
        fstat(
          this.#descriptor,
          this.#then(() => this.#scan()),
        );
      } else if (found.damaged || found.end !== this.end) this.#end(new Error("the journal is not as it was written"));
      else this.#write(this.#pieces(), 0);
    } catch (cause) {
      this.#end(cause as Error);
    }
  }

  #write(pieces: Generator<Uint8Array, number>, checksum: number): void {
    const piece = pieces.next();
    if (piece.done !== true) {
      const sum = crc32(piece.value, checksum);
      this.#append(piece.value, () => this.#write(pieces, sum));
      return;
    }
    const tail = Buffer.alloc(TAIL);
    tail.writeUInt32LE(piece.value, 0);
    tail.writeUInt32LE(checksum, 4);
    this.#append(tail, () => {
      this.#close();
      rename(
        this.#unfinished,
        this.#path,
        this.#then(() => this.#done(null)),
      );
    });
  }

  /** Everything but the end of the file. @returns the length of the text */
  *#pieces(): Generator<Uint8Array, number> {
    const parts: number[] = [];
    for (const objects of this.#objects.byName.values()) {
      for (const part of objects.parts()) {
        parts.push(part.byteLength);
        for (let at = 0; at < part.byteLength; at += PIECE)
          yield new Uint8Array(part.buffer, part.byteOffset + at, Math.min(PIECE, part.byteLength - at));
        const filler = aligned(part.byteLength) - part.byteLength;
        if (filler > 0) yield new Uint8Array(filler);
      }
    }
    const contents: Contents = {
      format: FORMAT,
      endianness: endianness(),
      journal: { end: this.end, checksum: this.#checksum },
      collections: [...this.#objects.byName].map(([name, objects]) => ({
        name,
        shape: objects.shape,
        ...objects.facts,
      })),
      parts,
    };
    const text = Buffer.from(JSON.stringify(contents));
    yield text;
    return text.length;
  }

  #append(bytes: Uint8Array, then: () => void): void {
    this.#writing = true;
    write(this.#descriptor, bytes, 0, bytes.length, this.#written, (error, size) => {
      this.#writing = false;
      if (this.#abandoned) this.#remove();
      else if (error !== null) this.#end(error);
      else {
        this.#written += size;
        if (size < bytes.length) this.#append(bytes.subarray(size), then);
        else then();
      }
    });
  }

  #then(next: () => void): (error: Error | null) => void {
    return (error) => {
      if (this.#abandoned) return;
      if (error === null) next();
      else this.#end(error);
    };
  }

  #end(error: Error): void {
    this.abandon();
    this.#done(error);
  }

  #close(): void {
    if (this.#open) closeSync(this.#descriptor);
    this.#open = false;
  }

  #remove(): void {
    this.#close();
    rmSync(this.#unfinished, { force: true });
  }

  /** Takes away what is there of it. */
  abandon(): void {
    this.#abandoned = true;
    // A file that is closed while it is written to could have its number taken by another one meanwhile.
    if (!this.#writing) this.#remove();
  }
}
