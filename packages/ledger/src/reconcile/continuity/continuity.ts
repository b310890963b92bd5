import { formatInstant } from "@amazon-pay-kit/money";
import { settlementGap } from "../../rules/settlement-gap.ts";
import { settlementOverlap } from "../../rules/settlement-overlap.ts";
import type { Finding } from "../finding.ts";
import { subject } from "../subject.ts";
import type { Stretch } from "../coverage/span.ts";
import { isBridged } from "./coverage-gaps.ts";
import type { Link } from "./link.ts";
import { message } from "../../rules/index.ts";

/** How two settlements that follow each other lie in time. */
export type Continuity = "contiguous" | "gap" | "overlap" | "unknown";

/**
 * Compares the end of one settlement with the start of the next, give or take the tolerance in milliseconds. Settlements
 * that have nothing in this currency may lead from one to the other.
 */
export function continuityOf(
  before: Link,
  next: Link,
  { tolerance, gaps }: { readonly tolerance: number; readonly gaps: readonly Stretch[] },
): Continuity {
  if (before.endAt === null || next.startAt === null) return "unknown";
  if (next.startAt > before.endAt + tolerance) {
    return isBridged({ from: before.endAt, to: next.startAt }, gaps, tolerance) ? "contiguous" : "gap";
  }
  return next.startAt < before.endAt - tolerance ? "overlap" : "contiguous";
}

/** The finding for a gap or an overlap, about the later of the two settlements. */
export function judgeContinuity(before: Link, next: Link, continuity: Continuity): Finding | null {
  if (continuity !== "gap" && continuity !== "overlap") return null;
  const [ends, starts] = [formatInstant(before.endAt ?? 0), formatInstant(next.startAt ?? 0)];
  return {
    code: continuity === "gap" ? settlementGap.code : settlementOverlap.code,
    subject: subject.settlement(next.settlementId, next.currency),
    settlementId: next.settlementId,
    transactionId: null,
    fileId: next.fileId,
    line: null,
    amount: null,
    currency: next.currency,
    messages:
      continuity === "gap"
        ? message("settlement.gap", { from: ends, before: before.settlementId, to: starts })
        : message("settlement.overlap", { start: starts, before: before.settlementId, end: ends }),
  };
}
