import type { ArchivedReport, Sidecar } from "./archive.ts";
import { ArchiveError } from "./errors.ts";

/** The text of a sidecar: readable, and the same for the same facts. */
export function sidecarText(sidecar: Sidecar): string {
  return `${JSON.stringify(sidecar, null, 2)}\n`;
}

function isSidecar(value: unknown): value is Sidecar {
  if (typeof value !== "object" || value === null) return false;
  const { version, contentHash, byteCount, reports, accountId } = value as Record<string, unknown>;
  const hashed = typeof contentHash === "string" && /^[0-9a-f]{64}$/.test(contentHash) && typeof byteCount === "number";
  return version === 1 && hashed && typeof accountId === "string" && Array.isArray(reports);
}

/** @throws ArchiveError `archive.damaged-sidecar` */
export function readSidecar(path: string, text: string): Sidecar {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ArchiveError(
      "archive.damaged-sidecar",
      `${path} is not JSON: restore it from a copy, or delete it and sync again`,
      {
        cause,
      },
    );
  }
  if (isSidecar(value)) return value;
  throw new ArchiveError(
    "archive.damaged-sidecar",
    `${path} does not describe a report: restore it, or delete it and sync again`,
  );
}

/** The sidecar with one report more; the same when it knows the report already. */
export function withReport(sidecar: Sidecar, report: ArchivedReport): Sidecar {
  const known = sidecar.reports.some((other) => other.source === report.source && other.reportId === report.reportId);
  return known ? sidecar : { ...sidecar, reports: [...sidecar.reports, report] };
}
