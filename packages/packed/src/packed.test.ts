import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { crc32, gzipSync } from "node:zlib";
import { integer, seededRandom } from "@amazon-pay-kit/sdk/random";
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
  await expect(read(Buffer.concat([packed, Buffer.from("\0\0x")]), { ratio: 1_000_000 })).rejects.toMatchObject({
    found: { fault: "rest-after-gzip", at: packed.length + 2 },
  });
  await expect(read(packed, { bytes: 99_999, ratio: 1_000_000 })).rejects.toMatchObject({
    found: { fault: "too-large", bytes: 99_999 },
  });
});

/** What a gzip file is, whatever the pieces that it comes in. */
async function gunzippedHowever(bytes: Uint8Array): Promise<string | PackedFault> {
  const outcomes: (string | PackedFault)[] = [];
  const random = seededRandom("cuts");
  async function* cut(): AsyncGenerator<Uint8Array, void, void> {
    for (let at = 0, size = 0; at < bytes.length; at += size) {
      size = integer(random, 0, 9);
      yield Uint8Array.from(bytes.subarray(at, at + size));
    }
  }
  const cuts = [1, 2, 7, bytes.length || 1].map((size) => reused(bytes, size).pieces);
  for (const pieces of [...cuts, ...Array.from({ length: 40 }, cut)]) {
    const outcome = await textOf(gunzipped(pieces, guardOf({ ratio: 1_000_000 }))).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      const { cause: _, ...found } = error.found as PackedFault & { readonly cause?: unknown };
      return found as PackedFault;
    });
    outcomes.push(outcome);
  }
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  return outcomes[0] ?? "";
}

const ONE = gzipSync("settle");
const OTHER = gzipSync("ment");
const END = ONE.length;

/** A gzip file with every part that a head may have. */
function withWholeHead(change: (head: Buffer) => Buffer = (head) => head): Buffer {
  const head = Buffer.from(ONE.subarray(0, 10));
  head[3] = 2 | 4 | 8 | 16;
  const whole = Buffer.concat([head, Buffer.from("\u0003\0ab\0report.csv\0of May\0")]);
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(crc32(whole) & 0xffff);
  return Buffer.concat([change(Buffer.concat([whole, sum])), ONE.subarray(10)]);
}

const changed =
  (at: number, value: number) =>
  (bytes: Uint8Array): Buffer => {
    const other = Buffer.from(bytes);
    other[at < 0 ? bytes.length + at : at] = value;
    return other;
  };

it.each<[string, Uint8Array, string | PackedFault]>([
  ["one member", ONE, "settle"],
  ["a member of nothing", gzipSync(""), ""],
  ["several members", Buffer.concat([ONE, gzipSync(""), OTHER]), "settlement"],
  ["a head with all parts", Buffer.concat([withWholeHead(), OTHER]), "settlement"],
  ["zeros behind", Buffer.concat([ONE, OTHER, Buffer.alloc(1000)]), "settlement"],
  ["a zero behind", Buffer.concat([ONE, Buffer.alloc(1)]), "settle"],
  ["text behind", Buffer.concat([ONE, Buffer.from("more")]), { fault: "rest-after-gzip", at: END }],
  [
    "text behind zeros",
    Buffer.concat([ONE, Buffer.alloc(20), Buffer.from("more")]),
    { fault: "rest-after-gzip", at: END + 20 },
  ],
  ["a member behind zeros", Buffer.concat([ONE, Buffer.alloc(20), OTHER]), { fault: "rest-after-gzip", at: END + 20 }],
])("a gzip file is the same however it is cut: %s", async (_, bytes, expected) => {
  expect(await gunzippedHowever(bytes)).toEqual(expected);
});

it.each<[string, Uint8Array, string]>([
  ["nothing", Buffer.alloc(0), "unexpected end of file"],
  ["text", Buffer.from("settlement"), "incorrect header check"],
  [
    "half a magic number behind",
    Buffer.concat([ONE, OTHER.subarray(0, 1)]),
    `unexpected end of file, in the member that begins at byte ${END}`,
  ],
  [
    "half a head behind",
    Buffer.concat([ONE, OTHER.subarray(0, 7)]),
    `unexpected end of file, in the member that begins at byte ${END}`,
  ],
  [
    "a member without its sum",
    Buffer.concat([ONE, OTHER.subarray(0, -8)]),
    `unexpected end of file, in the member that begins at byte ${END}`,
  ],
  ["another method", changed(2, 9)(ONE), "unknown compression method"],
  ["flags of the future", changed(3, 32)(ONE), "unknown header flags set"],
  ["a head with a wrong sum", withWholeHead(changed(-1, 0x55)), "header crc mismatch"],
  ["a head that never ends", withWholeHead((head) => head.subarray(0, 15)).subarray(0, 15), "unexpected end of file"],
  ["damaged contents", changed(10, 0xff)(ONE), "invalid block type"],
  ["a wrong sum", changed(-8, 0x55)(ONE), "its checksum does not match its contents"],
  ["a wrong size", changed(-1, 1)(ONE), "its size does not match its contents"],
])("a gzip file is damaged in the same way however it is cut: %s", async (_, bytes, why) => {
  expect(await gunzippedHowever(bytes)).toEqual({ fault: "damaged-gzip", why });
});

it("a gzip file that is read in part ends its source, and the source's own error is passed on", async () => {
  const part = reused(ONE, 2);
  for await (const piece of gunzipped(part.pieces, guardOf())) if (piece.length > 0) break;
  expect(part.state.ended).toBe(true);
  async function* failing(): AsyncGenerator<Uint8Array, void, void> {
    yield ONE.subarray(0, 12);
    throw new RangeError("the disk is gone");
  }
  await expect(textOf(gunzipped(failing(), guardOf()))).rejects.toThrow(new RangeError("the disk is gone"));
});

it("what a gzip file grows to is held against the bytes that it took, not against those received", async () => {
  const tail = randomBytes(100_000);
  const bytes = Buffer.concat([gzipSync("x".repeat(2_000_000)), gzipSync(tail)]);
  for (const size of [1000, bytes.length])
    await expect(textOf(gunzipped(reused(bytes, size).pieces, guardOf()))).rejects.toMatchObject({
      found: { fault: "growth", ratio: 250 },
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
