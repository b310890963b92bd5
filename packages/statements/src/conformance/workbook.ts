import { Buffer } from "node:buffer";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** A cell of a made workbook: a text, a number as it is written, or a day as its serial number. */
export type MadeCell = string | { readonly number: string } | { readonly day: string } | null;

/** How a workbook is made. */
export interface MadeWorkbook {
  readonly sheets: Readonly<Record<string, readonly (readonly MadeCell[])[]>>;
  readonly from1904?: boolean;
  /** Write texts into the cells instead of the common table. */
  readonly inline?: boolean;
  /** Parts that replace those that were made. */
  readonly parts?: Readonly<Record<string, string | null>>;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function nameOf(column: number): string {
  const rest = Math.floor(column / 26);
  return `${rest === 0 ? "" : nameOf(rest - 1)}${String.fromCharCode(65 + (column % 26))}`;
}

/** The bytes of a workbook, as spreadsheets write it. */
export async function workbookOf(made: MadeWorkbook): Promise<Buffer> {
  const texts: string[] = [];
  const cell = (value: MadeCell, place: string): string => {
    if (value === null) return "";
    if (typeof value === "string") {
      if (made.inline === true) return `<c r="${place}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
      texts.push(value);
      return `<c r="${place}" t="s"><v>${texts.length - 1}</v></c>`;
    }
    return "day" in value
      ? `<c r="${place}" s="1"><v>${value.day}</v></c>`
      : `<c r="${place}" s="2"><v>${value.number}</v></c>`;
  };
  const names = Object.keys(made.sheets);
  const parts: Record<string, string | null> = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    "xl/workbook.xml":
      `${HEAD}<workbook ${MAIN} xmlns:r="${RELATION}"><workbookPr${made.from1904 === true ? ' date1904="1"' : ""}/><sheets>` +
      `${names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels":
      `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
      names
        .map(
          (_, at) =>
            `<Relationship Id="rId${at + 1}" Type="${RELATION}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
        )
        .join("") +
      `<Relationship Id="rId90" Type="${RELATION}/styles" Target="styles.xml"/>` +
      `<Relationship Id="rId91" Type="${RELATION}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
    "xl/styles.xml":
      `${HEAD}<styleSheet ${MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="[$-407]dd\\.mm\\.yyyy;@"/></numFmts>` +
      '<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="4"/></cellXfs></styleSheet>',
  };
  for (const [at, name] of names.entries()) {
    const rows = (made.sheets[name] ?? []).map(
      (cells, row) =>
        `<row r="${row + 1}">${cells.map((value, column) => cell(value, `${nameOf(column)}${row + 1}`)).join("")}</row>`,
    );
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `${HEAD}<worksheet ${MAIN}><sheetData>${rows.join("")}</sheetData></worksheet>`;
  }
  parts["xl/sharedStrings.xml"] =
    `${HEAD}<sst ${MAIN}>${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join("")}</sst>`;
  const zip = new ZipFile();
  for (const [path, text] of Object.entries({ ...parts, ...made.parts }))
    if (text !== null) zip.addBuffer(Buffer.from(text), path, { mtime: new Date(0) });
  zip.end();
  return buffer(zip.outputStream);
}
