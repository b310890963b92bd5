import type { Archive } from "@amazon-pay-kit/packed";
import { SaxesParser } from "saxes";
import { TableError } from "../errors.ts";

/** An element as it is read: names without prefix. */
export interface PartHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

/** A workbook that is none any more: what is wrong, and what to do. */
export function brokenWorkbook(why: string): TableError {
  return new TableError(
    "table.workbook",
    `this is an Excel workbook (.xlsx), and it is broken: ${why}; open it and save it anew, or as CSV`,
  );
}

/** No cell holds more than 32767 characters; with their escapes they take no more than this. */
const MOST_CHARACTERS = 1024 * 1024;

/**
 * Reads one part of a workbook, element by element. After each piece of text, `pause` may give out what has been read.
 *
 * @throws TableError `table.workbook`, and those of the archive
 */
export async function* readPart<T>(
  archive: Archive,
  path: string,
  handler: PartHandler,
  pause: () => readonly T[],
): AsyncGenerator<T, void, void> {
  const entry = archive.entries.find(({ fileName }) => fileName.toLowerCase() === path.toLowerCase());
  if (entry === undefined) throw brokenWorkbook(`it has no ${path}`);
  const parser = new SaxesParser();
  let held = 0;
  const local = (name: string): string => name.replace(/^.*:/, "");
  parser.on("doctype", () => {
    throw brokenWorkbook(`${path} declares a document type`);
  });
  parser.on("error", (error) => {
    throw brokenWorkbook(`${path} is no well-formed XML (${error.message})`);
  });
  parser.on("opentag", ({ name, attributes }) => {
    held = 0;
    handler.open(
      local(name),
      Object.fromEntries(Object.entries(attributes).map(([key, value]) => [local(key), String(value)])),
    );
  });
  parser.on("text", (text) => handler.text(text));
  parser.on("cdata", (text) => handler.text(text));
  parser.on("closetag", ({ name }) => {
    held = 0;
    handler.close(local(name));
  });
  const decoder = new TextDecoder("utf-8");
  for await (const piece of archive.contents(entry)) {
    const text = decoder.decode(piece, { stream: true });
    // What the parser gives back at an end is forgotten there.
    held += text.length;
    parser.write(text);
    if (held > MOST_CHARACTERS)
      throw brokenWorkbook(`${path} has an element of more than ${MOST_CHARACTERS} characters`);
    yield* pause();
  }
  parser.close();
  yield* pause();
}

/** Reads one part to its end. */
export async function readWholePart(archive: Archive, path: string, handler: PartHandler): Promise<void> {
  const nothing: readonly never[] = [];
  for await (const _ of readPart(archive, path, handler, () => nothing));
}

/** Characters that a workbook writes as `_x000D_`. */
export function unescaped(text: string): string {
  return text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
