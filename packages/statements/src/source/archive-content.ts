import { UnusableStatementError } from "../errors.ts";

/** Containers that are zips by their packing and documents by their meaning. */
const DOCUMENTS: readonly { readonly entry: RegExp; readonly what: string }[] = [
  { entry: /^word\//, what: "a Word document: ask the bank for CSV, MT940 or camt.053" },
  { entry: /^ppt\//, what: "a PowerPoint document: ask the bank for CSV, MT940 or camt.053" },
  { entry: /^xl\/workbook\.bin$/, what: "a binary Excel workbook (.xlsb): save it as .xlsx or CSV" },
  { entry: /^(?:content\.xml|META-INF\/manifest\.xml)$/, what: "an OpenDocument file: save the sheet as .xlsx or CSV" },
  { entry: /^Index\/.*\.iwa$/, what: "a Numbers document: export it as .xlsx or CSV" },
];

/** What macOS and Windows add to archives, and folders, are no statements. */
const IGNORED = /^__MACOSX\/|(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$|\/$/;

/**
 * What an archive is, by the names of its entries.
 *
 * @returns `workbook`, or the entries that are files of their own
 * @throws UnusableStatementError `file.not-a-statement` for another kind of document
 */
export function archiveContent<E extends { readonly fileName: string }>(
  entries: readonly E[],
): "workbook" | readonly E[] {
  const names = entries.map(({ fileName }) => fileName);
  const document = DOCUMENTS.find(({ entry }) => names.some((name) => entry.test(name)));
  if (document !== undefined) {
    throw new UnusableStatementError("file.not-a-statement", `this is ${document.what}`);
  }
  if (names.some((name) => name.startsWith("xl/") || name === "[Content_Types].xml")) return "workbook";
  return entries.filter(({ fileName }) => !IGNORED.test(fileName));
}
