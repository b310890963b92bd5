import type { Archive } from "@amazon-pay-kit/packed";
import { brokenWorkbook, readWholePart, unescaped } from "./part.ts";

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  /** Its part in the archive. */
  readonly path: string;
}

/** What is needed to read the cells of a workbook. */
export interface Workbook {
  readonly archive: Archive;
  /** Sheets that can be seen, in order. */
  readonly sheets: readonly Sheet[];
  /** Whether days are counted from 1904, as old versions for the Macintosh did. */
  readonly from1904: boolean;
  readonly sharedTexts: readonly string[];
  /** Whether the numbers of a cell's format are days, by the number of the format. */
  readonly dayFormats: readonly boolean[];
}

/** Texts of all cells together. */
const MOST_CHARACTERS = 128 * 1024 * 1024;

/** Built-in formats that show days or times, those of East Asian languages included. Source: ECMA-376, part 1, 18.8.30. */
const isBuiltInDay = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Whether a format of one's own shows days: letters of days outside quotes, escapes, colours and conditions. */
function isDayFormat(code: string): boolean {
  const [first = ""] = code.split(";");
  const plain = first.replaceAll(/"[^"]*"|\\.|_.|\*./g, "").replaceAll(/\[(?![hms]+\])[^\]]*\]/gi, "");
  return /[dmyhs]/i.test(plain) && !/general/i.test(plain) && !/[0#?]/.test(plain.replaceAll(/\.0+/g, ""));
}

async function relations(
  archive: Archive,
): Promise<ReadonlyMap<string, { readonly type: string; readonly path: string }>> {
  const found = new Map<string, { type: string; path: string }>();
  await readWholePart(archive, "xl/_rels/workbook.xml.rels", {
    open(name, { Id: id = "", Type: type = "", Target: target = "" }) {
      if (name !== "Relationship") return;
      const path = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
      found.set(id, { type: type.replace(/^.*\//, ""), path: path.replace(/^xl\/\.\.\//, "") });
    },
    text() {},
    close() {},
  });
  return found;
}

async function styles(archive: Archive, path: string): Promise<readonly boolean[]> {
  const own = new Map<number, boolean>();
  const formats: boolean[] = [];
  let inFormats = false;
  await readWholePart(archive, path, {
    open(name, attributes) {
      if (name === "numFmt") own.set(Number(attributes["numFmtId"]), isDayFormat(attributes["formatCode"] ?? ""));
      if (name === "cellXfs") inFormats = true;
      if (name !== "xf" || !inFormats) return;
      const id = Number(attributes["numFmtId"] ?? 0);
      formats.push(own.get(id) ?? isBuiltInDay(id));
    },
    text() {},
    close(name) {
      if (name === "cellXfs") inFormats = false;
    },
  });
  return formats;
}

async function sharedTexts(archive: Archive, path: string): Promise<readonly string[]> {
  const texts: string[] = [];
  let current = "";
  let characters = 0;
  // Readings of Japanese words (rPh) stand beside the words, and are none of the cell's text.
  let [inText, inReading] = [false, false];
  await readWholePart(archive, path, {
    open(name) {
      if (name === "si") current = "";
      else if (name === "t") inText = true;
      else if (name === "rPh") inReading = true;
    },
    text(text) {
      if (!inText || inReading) return;
      current += text;
      characters += text.length;
      if (characters > MOST_CHARACTERS) throw brokenWorkbook("its texts have more characters than any statement");
    },
    close(name) {
      if (name === "t") inText = false;
      else if (name === "rPh") inReading = false;
      else if (name === "si") texts.push(unescaped(current));
    },
  });
  return texts;
}

/**
 * Opens a workbook.
 *
 * @throws TableError `table.workbook` for one that is broken
 */
export async function openWorkbook(archive: Archive): Promise<Workbook> {
  const listed: { name: string; id: string; hidden: boolean }[] = [];
  let from1904 = false;
  await readWholePart(archive, "xl/workbook.xml", {
    open(name, attributes) {
      if (name === "workbookPr") from1904 = /^(?:1|true)$/.test(attributes["date1904"] ?? "");
      if (name === "sheet")
        listed.push({
          name: attributes["name"] ?? "",
          id: attributes["id"] ?? "",
          hidden: /hidden/i.test(attributes["state"] ?? ""),
        });
    },
    text() {},
    close() {},
  });
  if (listed.length === 0) throw brokenWorkbook("it has no sheets");
  const parts = await relations(archive);
  const sheets = listed.flatMap(({ name, id, hidden }) => {
    const part = parts.get(id);
    return hidden || part === undefined || part.type !== "worksheet" ? [] : [{ name, path: part.path }];
  });
  if (sheets.length === 0) throw brokenWorkbook("none of its sheets can be found");
  const pathOf = (type: string): string | undefined => [...parts.values()].find((part) => part.type === type)?.path;
  const [textPath, stylePath] = [pathOf("sharedStrings"), pathOf("styles")];
  return {
    archive,
    sheets,
    from1904,
    sharedTexts: textPath === undefined ? [] : await sharedTexts(archive, textPath),
    dayFormats: stylePath === undefined ? [] : await styles(archive, stylePath),
  };
}
