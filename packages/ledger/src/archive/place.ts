import { formatCompact } from "@amazon-pay-kit/money";
import type { ArchivedReport, ArchiveOwner } from "./archive.ts";

/** Letters, digits, `-`, `_` and `.` stand for themselves; everything else, and a leading dot, as `%` and its UTF-8 bytes in hex. */
function pathPart(text: string): string {
  const escape = (character: string): string =>
    Array.from(new TextEncoder().encode(character), (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const plain = text.replaceAll(/[^\w.-]/gu, escape).replace(/^\./, "%2e");
  return plain === "" ? "none" : plain;
}

/** The folder at the top in which everything of an account lies. */
export function folderOf(accountId: string): string {
  return pathPart(accountId);
}

/** `_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_` is `settlement-data` in a path. */
function typePart(reportType: string): string {
  const core = reportType.replace(/^_GET_(FLAT_FILE|CSV_CUSTOM)_OFFAMAZONPAYMENTS_/, "").replaceAll(/^_+|_+$/g, "");
  return pathPart(core.toLowerCase().replaceAll("_", "-"));
}

/** The end of a file's name by what its first bytes are: report files are sometimes packed. */
export function extensionOf(first: Uint8Array): string {
  if (first[0] === 0x1f && first[1] === 0x8b) return ".csv.gz";
  if (first[0] === 0x50 && first[1] === 0x4b) return ".zip";
  return ".csv";
}

/**
 * The place of a report in the archive, without the end of its name.
 *
 * By data window, never by the day of the download: `ACCOUNT/na/live/settlement-data/2026/01/20260105T000000Z_20260106T000000Z_ID`.
 */
export function placeOf(owner: ArchiveOwner, report: ArchivedReport): string {
  const when = report.windowStart ?? report.createdAt ?? report.fetchedAt;
  const [year = "", month = ""] = new Date(when).toISOString().split("-");
  const stamp = (instant: number | null): string => (instant === null ? "undated" : formatCompact(instant));
  const name = `${stamp(report.windowStart)}_${stamp(report.windowEnd)}_${pathPart(report.reportId)}`;
  const folders = [owner.accountId, owner.region, owner.environment].map(pathPart);
  return [...folders, typePart(report.reportType), year, month, name].join("/");
}

/** The name for other bytes of the same report: the first twelve digits of their hash tell them apart. */
export function variantOf(place: string, contentHash: string): string {
  return `${place}~${contentHash.slice(0, 12)}`;
}

const FILE_NAME = /\.(csv|csv\.gz|zip)$/;

/** The place of what is known about a file. */
export function sidecarPathOf(path: string): string {
  return `${path}.json`;
}

/** What an object in the archive is, by its name. */
export function kindOfPath(path: string): "file" | "sidecar" | "other" {
  if (path.split("/").some((part) => part.startsWith("."))) return "other";
  if (FILE_NAME.test(path)) return "file";
  return path.endsWith(".json") && FILE_NAME.test(path.slice(0, -5)) ? "sidecar" : "other";
}
