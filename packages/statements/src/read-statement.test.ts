import { gzipSync } from "node:zlib";
import { Buffer } from "node:buffer";
import { buffer } from "node:stream/consumers";
import { InflationGuard } from "@amazon-pay-kit/packed";
import { describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { collect } from "./conformance/collect.ts";
import { HARMLESS_BYTES, refused } from "./source/unpacking.ts";

describe("a file that is no statement is named as what it is", () => {
  it.each([
    ["nothing", "", "file.empty", /empty/],
    ["blanks", " \r\n\u0001 ", "file.empty", /empty/],
    ["a PDF", "%PDF-1.7\n", "file.not-a-statement", /PDF.*camt\.053/],
    ["an old workbook", "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1", "file.not-a-statement", /xlsx or CSV/],
    ["a web page", "\n<!DOCTYPE html><html></html>", "file.not-a-statement", /web page/],
    ["a table of a web page", "<table><tr><td>1</td></tr></table>", "file.not-a-statement", /web page/],
    [
      "a workbook in XML",
      '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>',
      "file.not-a-statement",
      /Excel workbook in XML/,
    ],
    ["JSON", '{"amount":1}', "file.not-a-statement", /JSON/],
    ["a JSON array", "[ {}]", "file.not-a-statement", /JSON/],
    ["QuickBooks", "!TRNS\tTRNSID\n", "file.not-a-statement", /IIF/],
    [
      "another SWIFT message",
      "{1:F01BANKDEFFAXXX0000000000}{2:I103BANKDEFFXXXXN}{4:\n:20:X\n-}",
      "file.not-a-statement",
      /SWIFT/,
    ],
    ["7z", "7z\u00bc\u00af\u0027\u001c", "file.unsupported-packing", /unpack/],
  ])("%s", async (_what, text, code, message) => {
    const refused = collect(Buffer.from(text, "latin1"));
    await expect(refused).rejects.toMatchObject({ name: "UnusableStatementError", code });
    await expect(refused).rejects.toThrow(message);
  });
});

describe("packed files", () => {
  it("a packed file in a packed file is refused", async () => {
    await expect(collect(gzipSync(gzipSync("x")))).rejects.toMatchObject({ code: "file.nested-packing" });
  });

  it("one that was cut off is refused", async () => {
    const packed = gzipSync("x".repeat(1000));
    await expect(collect(packed.subarray(0, -9))).rejects.toMatchObject({ code: "file.damaged-packing" });
    await expect(collect(Buffer.from("PK\u0003\u0004rest"))).rejects.toMatchObject({ code: "file.damaged-packing" });
  });
});

it("what grows further than a statement does is stopped", () => {
  const reader = { harmless: HARMLESS_BYTES, refuse: refused };
  const guard = new InflationGuard({ ratio: 10 }, reader);
  guard.packed = 1024 * 1024;
  guard.count(63 * 1024 * 1024, true);
  expect(() => guard.count(2 * 1024 * 1024, true)).toThrow(/10 times its packed size/);
  expect(() => new InflationGuard({ bytes: 100 }, reader).count(101, false)).toThrow(/more than the 100 bytes/);
});

it("the error of a file inside an archive says which file it is", async () => {
  const archive = new ZipFile();
  archive.addBuffer(Buffer.from('<?xml version="1.0"?><Invoice/>'), "folder/invoice.xml");
  archive.end();
  const refused = collect(await buffer(archive.outputStream));
  await expect(refused).rejects.toThrow(/^folder\/invoice\.xml: the XML has Invoice/);
});

it("an encoding that is none is asked for", async () => {
  const refused = collect(Buffer.from(":20:X\n"), { encoding: "klingon" });
  await expect(refused).rejects.toMatchObject({ code: "option.invalid", option: "--encoding" });
});
