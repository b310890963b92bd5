import { crc32, gzipSync } from "node:zlib";
import { expect, it, vi } from "vitest";
import { DownloadError } from "../errors/call-error.ts";
import { integer, seededRandom } from "../random/index.ts";
import { unpacked } from "./download-document.ts";

const CONTEXT = { operation: "downloadReportDocument", retries: 0 };

async function* cut(bytes: Uint8Array, sizes: () => number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0, size = 0; at < bytes.length; at += size) {
    size = sizes();
    yield bytes.subarray(at, at + size);
  }
}

async function outcomeOf(chunks: AsyncGenerator<Uint8Array, void, undefined>): Promise<string> {
  try {
    const { stream } = await unpacked(chunks, false, CONTEXT);
    return await new Response(stream).text();
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

/** What becomes of a document, whatever the chunks that it comes in. */
async function outcomeHowever(bytes: Uint8Array): Promise<string> {
  const random = seededRandom("cuts");
  const whole = await outcomeOf(cut(bytes, () => bytes.length));
  for (const size of [1, 2, 7]) expect(await outcomeOf(cut(bytes, () => size))).toBe(whole);
  for (let run = 0; run < 40; run += 1) expect(await outcomeOf(cut(bytes, () => integer(random, 0, 9)))).toBe(whole);
  return whole;
}

const ONE = gzipSync("settle");
const OTHER = gzipSync("ment");
const END = ONE.length;

/** A gzip file with every part that a head may have. */
function withWholeHead(): Buffer {
  const head = Buffer.from(ONE.subarray(0, 10));
  head[3] = 2 | 4 | 8 | 16;
  const whole = Buffer.concat([head, Buffer.from("\u0003\0ab\0report.csv\0of May\0")]);
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(crc32(whole) & 0xffff);
  return Buffer.concat([whole, sum, ONE.subarray(10)]);
}

function changed(at: number, value: number, bytes: Buffer = ONE): Buffer {
  const other = Buffer.from(bytes);
  other[at < 0 ? bytes.length + at : at] = value;
  return other;
}

it.each<[string, Uint8Array, string]>([
  ["one member", ONE, "settle"],
  ["a member of nothing", gzipSync(""), ""],
  ["several members", Buffer.concat([ONE, gzipSync(""), OTHER]), "settlement"],
  ["a head with all parts", Buffer.concat([withWholeHead(), OTHER]), "settlement"],
  ["zeros behind", Buffer.concat([ONE, OTHER, Buffer.alloc(1000)]), "settlement"],
  ["a zero behind", Buffer.concat([ONE, Buffer.alloc(1)]), "settle"],
])("a gzip document is the same however it comes: %s", async (_, bytes, expected) => {
  expect(await outcomeHowever(bytes)).toBe(expected);
});

it.each<[string, Uint8Array, string]>([
  [
    "text behind",
    Buffer.concat([ONE, Buffer.from("more")]),
    `behind its gzip data, at byte ${END}, something else begins`,
  ],
  [
    "text behind zeros",
    Buffer.concat([ONE, Buffer.alloc(20), Buffer.from("more")]),
    `behind its gzip data, at byte ${END + 20}, something else begins`,
  ],
  [
    "a member behind zeros",
    Buffer.concat([ONE, Buffer.alloc(20), OTHER]),
    `behind its gzip data, at byte ${END + 20}, something else begins`,
  ],
  ["half a magic number", Buffer.concat([ONE, OTHER.subarray(0, 1)]), `at byte ${END} are cut off`],
  ["half a head", Buffer.concat([ONE, OTHER.subarray(0, 7)]), `at byte ${END} are cut off`],
  ["half contents", Buffer.concat([ONE, OTHER.subarray(0, 12)]), `at byte ${END} are cut off`],
  ["no sums", Buffer.concat([ONE, OTHER.subarray(0, -8)]), `at byte ${END} are cut off`],
  ["half of the sums", ONE.subarray(0, -3), "at byte 0 are cut off"],
  [
    "half a magic number and text",
    Buffer.concat([ONE, Buffer.from("\u001fx")]),
    `at byte ${END} do not begin as such do`,
  ],
  ["another method", changed(2, 9), "at byte 0 use packing method 9"],
  ["flags of the future", changed(3, 32), "at byte 0 have flags"],
  ["a head with a wrong sum", changed(5, 1, withWholeHead()), "at byte 0 have a head"],
  ["damaged contents", changed(10, 0xff), "at byte 0 are damaged"],
  ["a wrong sum", changed(-8, 0x55), "at byte 0 do not have the size and checksum"],
  ["a wrong size", changed(-1, 1), "at byte 0 do not have the size and checksum"],
])("a gzip document is refused in the same words however it comes: %s", async (_, bytes, words) => {
  const outcome = await outcomeHowever(bytes);
  expect(outcome).toMatch(/^download\.corrupt: the document cannot be unpacked: .*; download it again$/);
  expect(outcome).toContain(words);
});

it("a document that is read in part ends its source", async () => {
  let ended = false;
  const chunks = (async function* () {
    try {
      yield* cut(gzipSync("settlement"), () => 12);
      await new Promise(() => {});
    } finally {
      ended = true;
    }
  })();
  const { stream } = await unpacked(chunks, false, CONTEXT);
  const reader = stream.getReader();
  expect((await reader.read()).value?.length).toBeGreaterThan(0);
  await reader.cancel();
  expect(ended).toBe(true);
});

it("a runtime without Node's modules unpacks with its own DecompressionStream", async () => {
  vi.stubGlobal("Deno", {});
  try {
    expect(await outcomeOf(cut(ONE, () => 5))).toBe("settle");
    expect(await outcomeOf(cut(ONE.subarray(0, -3), () => 5))).toMatch(
      /^download\.corrupt: .*its gzip packing is damaged/,
    );
  } finally {
    vi.unstubAllGlobals();
  }
});
