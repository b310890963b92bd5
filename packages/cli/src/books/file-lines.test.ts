import { gzipSync } from "node:zlib";
import type { Archive } from "@amazon-pay-kit/ledger";
import { describe, expect, it } from "vitest";
import yazl from "yazl";
import { fileLines } from "./file-lines.ts";

const TEXT = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);

/** An archive with one file, read in pieces of a size. */
function archiveOf(bytes: Uint8Array, size = bytes.length): Archive {
  const read = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  return { read } as unknown as Archive;
}

async function zipOf(text: string): Promise<Uint8Array> {
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from(text), "report.csv");
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const around = async (bytes: Uint8Array, size?: number): Promise<string[]> =>
  (await fileLines(archiveOf(bytes, size), "report", 15)).map(({ line, text }) => `${line}: ${text}`);
const EXPECTED = TEXT.map((text, index) => `${index + 1}: ${text}`).slice(4, 25);

describe("the lines around one of an archived report", () => {
  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("are the same with %s, however the file comes in pieces", async (_, end) => {
    const bytes = Buffer.from(`\ufeff${TEXT.join(end)}${end}`);
    for (const size of [1, 2, 7, bytes.length]) expect(await around(bytes, size)).toEqual(EXPECTED);
  });

  it("are those of what is packed", async () => {
    const text = `${TEXT.join("\n")}\n`;
    const members = Buffer.concat([gzipSync(text.slice(0, 100)), gzipSync(text.slice(100))]);
    for (const bytes of [gzipSync(text), members, await zipOf(text)])
      for (const size of [1, 7, bytes.length]) expect(await around(bytes, size)).toEqual(EXPECTED);
  });

  it("are refused for a file that is damaged or grows as no report does", async () => {
    const rest = Buffer.concat([gzipSync("a\n"), Buffer.from("more")]);
    await expect(around(rest)).rejects.toMatchObject({ code: "file.damaged-gzip" });
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, "\n"));
    await expect(fileLines(archiveOf(bomb), "report", 60_000_000)).rejects.toMatchObject({
      code: "file.compression-ratio",
    });
  });
});
