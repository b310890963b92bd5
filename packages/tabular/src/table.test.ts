import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import {
  findColumns,
  findHeader,
  isBlankRow,
  openTable,
  plainName,
  rowFault,
  type TableOptions,
  widestRow,
} from "./index.ts";

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const open = (text: string | Buffer, options: TableOptions = {}, size = 7) =>
  openTable(inPieces(Buffer.from(text as string), size), options);

async function rows(text: string, options: TableOptions = {}, separator = ",", size = 7) {
  const all = [];
  for await (const row of (await open(text, options, size)).rows({ separator })) all.push(row);
  return all;
}

const header = (name: string) => (row: { readonly cells: readonly string[] }) =>
  row.cells.map(plainName).includes(name) ? row.cells.length : null;

describe("rows of a table", () => {
  it("have their physical lines, whatever ends a line and whatever a quoted cell has inside", async () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = ["a,b", "", '"x', '"",y",z', "c,d", ""].join(end);
      for (const size of [1, 2, 3, 1000]) {
        const lines = (await rows(text, {}, ",", size)).map(({ line, cells }) => [line, cells]);
        expect(lines).toEqual([
          [1, ["a", "b"]],
          [2, [""]],
          [3, [`x${end}",y`, "z"]],
          [5, ["c", "d"]],
        ]);
      }
    }
  });

  it("skip lines as they stand, even with a quote that is not closed, and obey a line sep=", async () => {
    const read = await rows('My "bank\r\n"x\r\nsep,y\r\na,b', { skipLines: 2 });
    expect(read.map(({ line, cells }) => [line, ...cells])).toEqual([
      [3, "sep", "y"],
      [4, "a", "b"],
    ]);
    const table = await open("sep=;\na;b\n1;2\n");
    expect(table.separator).toBe(";");
    expect((await table.beginning({ separator: ";" }))?.[0]).toMatchObject({ line: 2, cells: ["a", "b"] });
    expect((await open(Buffer.from("\ufeffsep=;\r\na;b", "utf16le"))).separator).toBe(";");
    expect((await open("sep=;\na;b\n", { separator: "," })).separator).toBe(",");
    expect(await rows("a\n", { skipLines: 5 })).toEqual([]);
  });

  it("say which of them cannot be told apart", async () => {
    const fault = async (text: string, columns: number) =>
      (await rows(`${text}\nnext,x\n`)).map((row) => rowFault(row, columns) !== null);
    expect(await fault('a,5" pipe,c', 3)).toEqual([false, false]);
    expect(await fault('a,"b "the, man" c",d', 3)).toEqual([true, false]);
    expect(await fault("a,1,250.07,EUR", 3)).toEqual([true, false]);
    expect(await fault("a,b,c,,", 3)).toEqual([false, false]);
    // The quote that is not closed takes the next line into its cell.
    expect(await fault('a,"b,c\nd,"e",f', 3)).toContain(true);
    const last = await rows('a,b\nc,"d\ne,f\n');
    expect(last.map(({ line, problem }) => [line, problem])).toEqual([
      [1, null],
      [2, "unterminated-quote"],
    ]);
    expect(last.map((row) => rowFault(row, 2))).toEqual([null, expect.stringContaining("never closed")]);
  });

  it("take what Excel writes to keep a text a text, and know blank rows", async () => {
    const [first, second] = await rows('="2026-10-05","=""007""",=1+1\n , \n');
    expect(first?.cells).toEqual(["2026-10-05", "007", "=1+1"]);
    expect(second !== undefined && isBlankRow(second)).toBe(true);
  });

  it("end with an error where a row does not end", async () => {
    const text = `a,b\n1,"${"x".repeat(1_300_000)}\n`;
    await expect(rows(text, {}, ",", 65_536)).rejects.toMatchObject({ code: "table.record-too-long", line: 2 });
  });

  it("are the same however the bytes come, in a file much larger than the beginning", async () => {
    const text = Array.from({ length: 20_000 }, (_, at) => `${at},"text, ${at}",${at % 7}`).join("\n");
    for (const size of [65_536, 1_000_003]) {
      const read = await rows(text, {}, ",", size);
      expect(read.length).toBe(20_000);
      expect(read[19_999]).toEqual({ line: 20_000, cells: ["19999", "text, 19999", "0"], problem: null });
    }
  });
});

describe("findHeader", () => {
  it("reads a header under the one separator that makes it one", async () => {
    for (const separator of [",", ";", "\t", "|"]) {
      const table = await open(`My bank\n\nDate${separator}Amount${separator}Text\n1${separator}2${separator}3\n`);
      const found = await findHeader(table, header("amount"));
      expect(found).toMatchObject({ found: 3, row: { line: 3 }, layout: { separator } });
      expect(found?.above.map(({ line }) => line)).toEqual([1, 2]);
    }
  });

  it("refuses a header that two separators make one, and takes the named one", async () => {
    const text = "amount;x,amount,amount;x\n";
    await expect(open(text).then((table) => findHeader(table, header("amount")))).rejects.toMatchObject({
      code: "table.separator",
      message: expect.stringContaining("--separator ',' or --separator ';'") as unknown,
    });
    expect(await findHeader(await open(text, { separator: ";" }), header("amount"))).toMatchObject({ found: 3 });
  });

  it("finds the name of a layout in its usual encoding, and names the option where nothing is found", async () => {
    const bytes = Buffer.from("Währung;Betrag\n", "latin1");
    const sure = (
      row: { readonly cells: readonly string[] },
      layout: { readonly usualEncoding?: string | undefined },
    ) => (layout.usualEncoding === "windows-1252" && row.cells[0] === "Währung" ? true : null);
    const found = await findHeader(await open(bytes), sure, ["shift_jis", "windows-1252"]);
    expect(found?.layout).toEqual({ separator: ";", usualEncoding: "windows-1252" });
    await expect(open(bytes).then((table) => findHeader(table, () => null, ["shift_jis"]))).rejects.toThrow(
      "--encoding windows-1252",
    );
    await expect(open(bytes).then((table) => findHeader(table, () => null))).rejects.toThrow("--encoding");
  });

  it("shows what the file has where nothing is recognised", async () => {
    const table = await open("Umsätze\nTag;Summe;Text\n1;2;3\n");
    expect(await findHeader(table, header("amount"))).toBeNull();
    expect(await widestRow(table)).toMatchObject({ separator: ";", row: { line: 2, cells: ["Tag", "Summe", "Text"] } });
    expect(await widestRow(await open(""))).toBeNull();
  });

  it("refuses what is no separator", async () => {
    for (const separator of ["", ";;", '"', "a", "、", "\n"])
      await expect(open("a", { separator })).rejects.toMatchObject({ code: "table.separator", option: "separator" });
    expect((await open("a", { separator: "tab" })).separator).toBe("\t");
  });
});

describe("findColumns", () => {
  const row = { line: 4, cells: ["Buchungstag", "Betrag (€)", "Text 1", "Text 2", "Twice", "Twice"], problem: null };
  const names = { date: ["Buchungs-Tag"], amount: ["Umsatz", "Betrag"], text: ["Text 2", "text1"] };

  it("compares names without case, blanks, accents and signs", () => {
    expect(plainName("Débit_(€)")).toBe("debit");
    expect(plainName("ＤＡＴＥ　ﾋﾂﾞｹ")).toBe("dateヒヅケ");
    const columns = findColumns(row, { names, all: ["text"] });
    expect([...columns]).toEqual([
      ["date", [0]],
      ["amount", [1]],
      ["text", [2, 3]],
    ]);
  });

  it("takes what is mapped, and refuses a column that is not there or there twice", () => {
    expect(findColumns(row, { names, map: { amount: "text 1" } }).get("amount")).toEqual([2]);
    const mapped = (column: string) => () => findColumns(row, { names, map: { amount: column } });
    expect(mapped("Summe")).toThrow('line 4: --map amount="Summe": the file has no such column; it has Buchungstag');
    expect(mapped("Twice")).toThrow("two columns");
    expect(mapped("(€)")).toThrow("no such column");
  });
});
