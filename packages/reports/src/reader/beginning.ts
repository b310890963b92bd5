import type { Buffer } from "node:buffer";
import { decodeCell } from "../csv/decode.ts";
import type { CellEncoding } from "../csv/encoding.ts";
import { SCAN, Tokenizer } from "../csv/tokenizer.ts";
import type { Layout } from "../layouts/layout.ts";
import { plainName } from "../layouts/recognise.ts";
import type { ReportBeginning } from "../unusable-report-error.ts";
import type { Preamble } from "./preamble.ts";

const SETTLEMENT_ID = plainName("SettlementId");

/** The settlement that the first row names; `null` where there is no such row or column. */
function firstSettlementId(preamble: Preamble, bytes: Buffer, encoding: CellEncoding): string | null {
  const place = preamble.columnNames.findIndex((name) => plainName(name) === SETTLEMENT_ID);
  if (place < 0) return null;
  const tokenizer = new Tokenizer();
  for (let at = preamble.next; at < bytes.length; at = tokenizer.next) {
    const result = tokenizer.scan(bytes, at, bytes.length, true);
    if (result === SCAN.blank) continue;
    const { starts, ends, flags, count } = tokenizer;
    if (result !== SCAN.record || place >= count) return null;
    const id = decodeCell(bytes, starts[place] ?? 0, ends[place] ?? 0, flags[place] ?? 0, encoding)?.trim() ?? "";
    // What else may stand there is no id, and not for a message.
    return /^[\w-]{1,40}$/.test(id) ? id : null;
  }
  return null;
}

/** What the beginning of a file says, for whoever has to fetch it again. */
export function beginningOf(
  preamble: Preamble,
  layout: Layout,
  bytes: Buffer,
  encoding: CellEncoding,
): ReportBeginning {
  const settlement = layout.kind === "settlement";
  return {
    report: layout.kind,
    settlementId: settlement ? firstSettlementId(preamble, bytes, encoding) : null,
    settlementStartDate: settlement ? (preamble.settlementStartDate ?? null) : null,
    settlementEndDate: settlement ? (preamble.settlementEndDate ?? null) : null,
  };
}
