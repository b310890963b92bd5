import { Buffer } from "node:buffer";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { ZipFile } from "yazl";
import {
  collected,
  detectCompression,
  gunzipped,
  InflationGuard,
  type InflationLimits,
  openArchive,
  type PackedFault,
  peek,
} from "./index.ts";

class Refused extends Error {
  readonly found: PackedFault;

  constructor(found: PackedFault) {
    super(found.fault);
    this.found = found;
  }
}

const refuse = (found: PackedFault): Refused => new Refused(found);
const guardOf = (limits?: InflationLimits): InflationGuard => new InflationGuard(limits, { harmless: 1024, refuse });

/** Pieces of bytes from memory that is filled anew for each, as a file's is; `ended` tells whether the reading was ended. */
function reused(bytes: Uint8Array, size: number) {
  const state = { ended: false };
  async function* pieces(): AsyncGenerator<Uint8Array, void, void> {
    const memory = Buffer.alloc(size);
    try {
      for (let at = 0; at < bytes.length; at += size) {
        const part = bytes.subarray(at, at + size);
        memory.fill(0xff);
        memory.set(part);
        yield memory.subarray(0, part.length);
      }
    } finally {
      state.ended = true;
    }
  }
  return { state, pieces: pieces() };
}

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece));
  return Buffer.concat(parts).toString();
}

async function zipOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}

it.each([1, 2, 3, 100])("what was looked at is read again, in pieces of %i bytes of the same memory", async (size) => {
  const source = reused(Buffer.from("settlement"), size);
  const { head, bytes } = await peek(source.pieces, 4);
  expect(head.toString()).toBe("sett");
  expect(await textOf(bytes)).toBe("settlement");
  expect(source.state.ended).toBe(true);
});

it("a source of which nothing more is read is ended by close, and one that is read in part by its reader", async () => {
  const unread = reused(Buffer.from("settlement"), 2);
  await (await peek(unread.pieces, 4)).close();
  expect(unread.state.ended).toBe(true);
  const part = reused(Buffer.from("settlement"), 2);
  for await (const piece of (await peek(part.pieces, 1)).bytes) if (piece.length > 0) break;
  expect(part.state.ended).toBe(true);
});

it("a gzip file that ends too early, goes on with something else, or grows too far is refused by its fault", async () => {
  const packed = gzipSync("x".repeat(100_000));
  expect(detectCompression(packed)).toBe("gzip");
  const read = (bytes: Uint8Array, limits?: InflationLimits, size = 7): Promise<string> =>
    textOf(gunzipped(reused(bytes, size).pieces, guardOf(limits)));
  expect(await read(packed, { ratio: 1_000_000 })).toHaveLength(100_000);
  await expect(read(packed.subarray(0, -9))).rejects.toMatchObject({ found: { fault: "growth", ratio: 250 } });
  await expect(read(packed.subarray(0, -9), { ratio: 1_000_000 })).rejects.toMatchObject({
    found: { fault: "damaged-gzip" },
  });
  await expect(read(Buffer.concat([packed, Buffer.alloc(3)]), { ratio: 1_000_000 }, 1_000_000)).rejects.toMatchObject({
    found: { fault: "rest-after-gzip", bytes: 3 },
  });
  await expect(read(packed, { bytes: 99_999, ratio: 1_000_000 })).rejects.toMatchObject({
    found: { fault: "too-large", bytes: 99_999 },
  });
});

it("the entries of a zip file are read one by one, and changed contents are refused", async () => {
  const bytes = await zipOf({ "a.csv": "first", "b.csv": "second" });
  const archive = await openArchive(await collected(reused(bytes, 5).pieces, undefined, refuse), guardOf(), 2);
  const found: [string, string][] = [];
  for (const entry of archive.entries) found.push([entry.fileName, await textOf(archive.contents(entry))]);
  archive.close();
  expect(found).toEqual([
    ["a.csv", "first"],
    ["b.csv", "second"],
  ]);
  await expect(openArchive(bytes, guardOf(), 1)).rejects.toMatchObject({
    found: { fault: "too-many-entries", entries: 1 },
  });
  await expect(openArchive(bytes.subarray(0, 20), guardOf(), 2)).rejects.toMatchObject({
    found: { fault: "damaged-zip" },
  });
  await expect(openArchive({ path: "/nowhere/at-all.zip" }, guardOf(), 2)).rejects.toMatchObject({ code: "ENOENT" });
  await expect(collected(reused(bytes, 5).pieces, 10, refuse)).rejects.toMatchObject({
    found: { fault: "zip-too-large", bytes: 10 },
  });
});
