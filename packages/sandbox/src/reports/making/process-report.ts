import { reportBytes } from "@amazon-pay-kit/reports";
import { alphanumeric } from "@amazon-pay-kit/sdk/random";
import type { Engine } from "../../engine/engine.ts";
import type { Report, ReportProcessingStatus } from "../../engine/objects/index.ts";
import { draftOf } from "../contents/draft-of.ts";
import type { ReportDraft } from "../../engine/objects/report.ts";
import { reportsSettings } from "../settings.ts";

/** What the end of the processing needs to know beside the report itself. */
export interface ProcessingNote {
  readonly settlementId: string | null;
  readonly failed: boolean;
}

/** The names that the API has for the ways of packing. */
const ALGORITHMS = { none: "N/A", gzip: "GZIP", zip: "ZIP" } as const;

/** Processing begins. */
export function startProcessing(engine: Engine, report: Report): void {
  if (report.processingStatus !== "IN_PROGRESS") return;
  report.processingStartAt = engine.now();
  engine.state.reports.put(report.reportId, report);
}

/**
 * Processing ends: with a document, without data as CANCELLED, or as FAILED where that was asked for.
 *
 * Settlements always have data; a transaction report without rows is cancelled.
 */
export function endProcessing(engine: Engine, report: Report, note: ProcessingNote): void {
  if (report.processingStatus !== "IN_PROGRESS") return;
  if (note.failed) {
    finish(engine, report, "FAILED");
    return;
  }
  const draft = draftOf(engine, report, note.settlementId);
  if (draft.rows.length === 0) {
    finish(engine, report, "CANCELLED");
    return;
  }
  engine.bus.emit("report.drafted", { draft });
  const reportDocumentId = `amzn1.tortuga.3.${engine.uuid()}.${alphanumeric(engine.random, 14)}`;
  engine.state.reportDocuments.put(reportDocumentId, {
    reportDocumentId,
    merchantId: report.merchantId,
    bytes: bytesOf(draft),
    compressionAlgorithm: ALGORITHMS[reportsSettings(engine, report.merchantId).compression],
  });
  report.reportDocumentId = reportDocumentId;
  finish(engine, report, "COMPLETED");
}

/** Takes a report back whose processing has not begun. @returns false where it has */
export function cancelReport(engine: Engine, report: Report): boolean {
  if (report.processingStatus !== "IN_PROGRESS" || report.processingStartAt !== null) return false;
  report.processingStatus = "CANCELLED";
  report.processingEndAt = engine.now();
  engine.state.reports.put(report.reportId, report);
  engine.bus.emit("report.changed", { report });
  return true;
}

function finish(engine: Engine, report: Report, status: ReportProcessingStatus): void {
  report.processingStatus = status;
  report.processingStartAt ??= engine.now();
  report.processingEndAt = engine.now();
  engine.state.reports.put(report.reportId, report);
  engine.bus.emit("report.changed", { report });
}

/**
 * What a file of text can hold of a merchant's text: the API takes every character, but a control character would make the file
 * unreadable, and half a surrogate pair is no character.
 */
function inFile(text: string): string {
  return text.replaceAll(/(?=\p{Cc})[^\t\n\r\u0080-\u009f]/gu, " ").replaceAll(/\p{Surrogate}/gu, "\ufffd");
}

function inFileOf<Values extends object>(values: Values): Values {
  const cells = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "string" ? inFile(value) : value,
  ]);
  return Object.fromEntries(cells) as Values;
}

function bytesOf(draft: ReportDraft): Uint8Array {
  const rows = draft.rows.map((row) => ({ ...row, values: inFileOf(row.values) }));
  const bytes = reportBytes(draft.kind, draft.header, rows, draft.options);
  if (draft.damage.length === 0) return bytes;
  let text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  for (const damage of draft.damage) text = damage(text);
  return new TextEncoder().encode(text);
}
