import {
  type Archive,
  collected,
  detectCompression,
  gunzipped,
  InflationGuard,
  openArchive,
  type PackedFault,
} from "@amazon-pay-kit/packed";
import { type Beginning, beginningOf } from "./beginning.ts";
import { OrdersError } from "./errors.ts";

/** Below this, growth does no harm: nothing of it is held in memory. */
const HARMLESS_BYTES = 64 * 1024 * 1024;

/** With more entries than this the list itself is an attack. */
const MOST_ENTRIES = 10_000;

function refused(found: PackedFault): OrdersError {
  const what =
    found.fault === "encrypted"
      ? "the file is protected by a password: save it without"
      : found.fault === "growth" || found.fault === "too-large" || found.fault === "zip-too-large"
        ? "the file is larger, unpacked, than any export: unpack it first, or save the sheet of orders as CSV (UTF-8)"
        : "the file is packed, or an Excel workbook, and damaged: export it again, or save the sheet as CSV (UTF-8)";
  return new OrdersError("records.unusable-file", what);
}

/** What macOS and Windows add to archives, and folders, are no files of their own. */
const IGNORED = /^__MACOSX\/|(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$|\/$/;

/** A file that is a text, or a workbook. */
export type UnpackedOrders =
  | ({ readonly kind: "text"; readonly close: () => void } & Beginning)
  | { readonly kind: "workbook"; readonly archive: Archive; readonly close: () => void };

/**
 * The file of orders that was handed in: itself, what a gzip or zip file holds, or an Excel workbook.
 *
 * @throws OrdersError `records.unusable-file` for a packed file that is damaged, too large, or holds several files
 */
export async function unpackedOrders(source: AsyncIterable<Uint8Array>): Promise<UnpackedOrders> {
  const beginning = await beginningOf(source);
  const guard = new InflationGuard(undefined, { harmless: HARMLESS_BYTES, refuse: refused });
  const nothing = (): void => {};
  const packing = detectCompression(beginning.head);
  if (packing === "gzip")
    return { kind: "text", close: nothing, ...(await beginningOf(gunzipped(beginning.bytes, guard))) };
  if (packing !== "zip") return { kind: "text", close: nothing, ...beginning };
  const archive = await openArchive(await collected(beginning.bytes, undefined, refused), guard, MOST_ENTRIES);
  const close = (): void => archive.close();
  const names = archive.entries.map(({ fileName }) => fileName);
  if (names.some((name) => name.startsWith("xl/") || name === "[Content_Types].xml"))
    return { kind: "workbook", archive, close };
  const [only, second] = archive.entries.filter(({ fileName }) => !IGNORED.test(fileName));
  if (only !== undefined && second === undefined)
    return { kind: "text", close, ...(await beginningOf(archive.contents(only))) };
  close();
  const message =
    only === undefined
      ? "the zip file holds no file"
      : `the zip file holds several files (${names.slice(0, 3).join(", ")} …): unpack it, and give each by itself`;
  throw new OrdersError("records.unusable-file", message);
}
