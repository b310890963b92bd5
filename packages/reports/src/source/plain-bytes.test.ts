import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inPieces } from "../conformance/collect.ts";
import { zipOf, type ZipEntry } from "../conformance/zip.ts";
import type { ReadLimits } from "../options.ts";
import { plainBytes } from "./plain-bytes.ts";
import type { ReportSource } from "./report-source.ts";

const TEXT = Buffer.from("a,b\n".repeat(50_000));
const ZEROS = Buffer.alloc(20 * 1024 * 1024);

async function read(source: ReportSource, limits?: ReadLimits): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const piece of plainBytes(source, limits)) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}

const report: ZipEntry = { name: "report.csv", content: TEXT };

let folder = "";
const save = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reports-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("packed files", () => {
  it.each([
    ["plain", TEXT],
    ["gzip", gzipSync(TEXT)],
    ["gzip of two members", Buffer.concat([gzipSync(TEXT.subarray(0, 1000)), gzipSync(TEXT.subarray(1000))])],
    ["zip", zipOf([report])],
    ["zip, stored", zipOf([{ ...report, stored: true }])],
    [
      "zip as macOS makes it",
      zipOf([
        { name: "x/", content: Buffer.alloc(0), stored: true },
        report,
        { name: "__MACOSX/._report.csv", content: Buffer.from("x") },
      ]),
    ],
  ])("are unpacked from every source: %s", async (name, bytes) => {
    const path = save(name, bytes);
    const web = new Blob([new Uint8Array(bytes)]).stream();
    for (const source of [bytes, inPieces(bytes, 1, 2, 4000), createReadStream(path), web, { path }]) {
      expect((await read(source)).equals(TEXT)).toBe(true);
    }
  });

  it.each<[string, Uint8Array, string, ReadLimits?]>([
    ["a gzip file that was cut off", gzipSync(TEXT).subarray(0, 100), "file.damaged-gzip"],
    [
      "a gzip file with a wrong checksum",
      Buffer.concat([gzipSync(TEXT).subarray(0, -8), Buffer.alloc(8)]),
      "file.damaged-gzip",
    ],
    ["bytes after a gzip file", Buffer.concat([gzipSync(TEXT), Buffer.from("more")]), "file.damaged-gzip"],
    ["a gzip bomb", gzipSync(ZEROS), "file.compression-ratio"],
    ["a file larger than allowed", TEXT, "file.too-large", { bytes: TEXT.length - 1 }],
    ["a gzip file larger than allowed", gzipSync(TEXT), "file.too-large", { bytes: 1000, ratio: 10_000 }],
    ["a zip bomb", zipOf([{ name: "a", content: ZEROS }]), "file.compression-ratio"],
    ["a zip file larger than memory is given for", zipOf([report]), "file.too-large", { zipBytes: 100 }],
    ["a zip file that promises less than it holds", zipOf([{ ...report, claimedSize: 100 }]), "file.damaged-zip"],
    [
      "a zip file that promises more than it holds",
      zipOf([{ ...report, claimedSize: TEXT.length + 1 }]),
      "file.damaged-zip",
    ],
    ["a zip file with a wrong checksum", zipOf([{ ...report, claimedSum: 1 }]), "file.damaged-zip"],
    [
      "a zip file whose data is none",
      zipOf([{ ...report, stored: true, method: 8, claimedSize: TEXT.length }]),
      "file.damaged-zip",
    ],
    ["a zip file without its end", zipOf([report]).subarray(0, -30), "file.damaged-zip"],
    ["a zip file of two reports", zipOf([report, { ...report, name: "other.csv" }]), "file.zip-entries"],
    ["a zip file of nothing", zipOf([]), "file.zip-entries"],
    [
      "a zip file of a thousand and one",
      zipOf(Array.from({ length: 1001 }, (_, index) => ({ name: `${index}`, content: Buffer.alloc(0) }))),
      "file.zip-entries",
    ],
    ["a zip file with a password", zipOf([{ ...report, encrypted: true }]), "file.zip-encrypted"],
    ["a zip file packed another way", zipOf([{ ...report, method: 12 }]), "file.unsupported-compression"],
  ])("are refused: %s", async (_what, bytes, code, limits) => {
    await expect(read(bytes, limits)).rejects.toMatchObject({ code });
    await expect(read(inPieces(bytes, 1000), limits)).rejects.toMatchObject({ code });
    if (limits?.zipBytes === undefined)
      await expect(read({ path: save("refused", bytes) }, limits)).rejects.toMatchObject({ code });
  });

  it("give up a bomb long before it has gone off", async () => {
    let seen = 0;
    await expect(async () => {
      for await (const piece of plainBytes(gzipSync(ZEROS))) seen += piece.length;
    }).rejects.toThrow(/more than 250 times/);
    expect(seen).toBeLessThan(6 * 1024 * 1024);
  });
});

describe("sources", () => {
  it("pass on what goes wrong in them, packed or not", async () => {
    async function* broken(start: Uint8Array): AsyncGenerator<Uint8Array> {
      yield start;
      throw new Error("connection lost");
    }
    await expect(read(broken(TEXT))).rejects.toThrow("connection lost");
    await expect(read(broken(gzipSync(TEXT).subarray(0, 100)))).rejects.toThrow("connection lost");
    await expect(read({ path: join(folder, "missing") })).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("are closed when reading stops early", async () => {
    for (const bytes of [TEXT, gzipSync(TEXT)]) {
      let closed = false;
      async function* source(): AsyncGenerator<Uint8Array> {
        try {
          for (;;) yield bytes;
        } finally {
          closed = true;
        }
      }
      for await (const piece of plainBytes(source())) {
        expect(piece.length).toBeGreaterThan(0);
        break;
      }
      expect(closed).toBe(true);
    }
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(TEXT)),
      cancel: () => void (cancelled = true),
    });
    for await (const piece of plainBytes(stream)) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(cancelled).toBe(true);
  });

  it("are refused when they are something else", async () => {
    for (const source of ["text", {}, 5, Object("text")]) {
      await expect(read(source as never)).rejects.toBeInstanceOf(TypeError);
    }
    async function* texts(): AsyncGenerator<string> {
      yield "Amazon Payments Advanced";
    }
    await expect(read(texts() as never)).rejects.toThrow(/Uint8Arrays, not texts/);
  });
});
