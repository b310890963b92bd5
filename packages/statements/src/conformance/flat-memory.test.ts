import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { readStatement } from "../read-statement.ts";

const START = {
  camt: '<?xml version="1.0"?><Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>',
  bai2: "01,A,B,261005,0600,1,,,2/\n02,B,A,1,261005,,EUR,2/\n03,1,,,,,/\n",
  qif: "!Type:Bank\n",
};
const ENTRY = {
  camt: '<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-10-05</Dt></BookgDt></Ntry>\n',
  bai2: "16,165,100,Z,R,,AMAZON/\n",
  qif: "D2026-10-05\nT1.00\nPAMAZON\n^\n",
};
const END = { camt: "</Stmt></BkToCstmrStmt></Document>", bai2: "99,0,0,0/\n", qif: "" };

describe("memory stays flat", () => {
  it.each(["camt", "bai2", "qif"] as const)("no more of %s is taken than the next entries need", async (format) => {
    const entries = Buffer.from(ENTRY[format].repeat(100));
    let given = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(START[format]);
      for (; given < 300; given++) yield entries;
      yield Buffer.from(END[format]);
    }
    let read = 0;
    for await (const { type } of readStatement(source(), { currency: "EUR" })) {
      if (type !== "line") continue;
      read++;
      // The beginning is looked at before anything is read.
      expect(given * 100 - read).toBeLessThan(1500);
    }
    expect(read).toBe(30_000);
  });

  const endless: readonly (readonly [what: string, start: string, code: string])[] = [
    ["a line of MT940", ":20:X\n:25:1\n:60F:C261005EUR1,00\n:61:2610051005C1,00NTRF\n:86:", "file.too-large"],
    ["an element of camt", `${START.camt}<Ntry><AddtlNtryInf>`, "file.too-large"],
    ["a tag of camt", `${START.camt}<Ntry a="`, "file.too-large"],
    ["a value of OFX", "OFXHEADER:100\n<OFX><STMTRS><STMTTRN><NAME>", "file.too-large"],
    ["a record of BAI2", START.bai2, "file.too-large"],
    ["a field of QIF", "!Type:Bank\nP", "file.too-large"],
  ];
  it.each(endless)("%s that does not end is refused", async (_what, start, code) => {
    let given = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(start);
      const piece = Buffer.alloc(256 * 1024, "x");
      for (; given < 400; given++) yield piece;
    }
    const read = async (): Promise<void> => {
      for await (const _ of readStatement(source(), { currency: "EUR" }));
    };
    await expect(read()).rejects.toMatchObject({ code });
    expect(given).toBeLessThan(100);
  });

  it("elements that are nested without end are refused", async () => {
    async function* source(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(START.camt);
      for (;;) yield Buffer.from("<a>".repeat(1000));
    }
    const read = async (): Promise<void> => {
      for await (const _ of readStatement(source()));
    };
    await expect(read()).rejects.toMatchObject({ code: "file.too-large" });
  });
});
