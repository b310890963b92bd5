import type { Collection } from "../engine/collection.ts";
import type { Engine } from "../engine/engine.ts";

/** A discrepancy that was asked for: it waits for a report that it fits, and then tells what it did. */
export interface Discrepancy {
  readonly discrepancyId: string;
  readonly kind: string;
  /** Whose report; null for the next of any merchant. */
  readonly merchantId: string | null;
  /** Which report type; null for the first that it fits. */
  readonly reportType: string | null;
  readonly askedAt: number;
  status: "waiting" | "injected" | "withdrawn";
  injectedAt: number | null;
  /** What it did, in one sentence. */
  what: string | null;
  /** Where. */
  injectedIn: {
    readonly merchantId: string;
    readonly environment: "sandbox" | "live";
    readonly reportId: string | null;
    readonly reportType: string | null;
    readonly settlementId: string | null;
    readonly transactionId: string | null;
    /** Physical line of the row, from 1. */
    readonly line: number | null;
    /** By how much the report is wrong, minor units. */
    readonly minor: bigint | null;
    readonly currency: string | null;
  } | null;
}

/** Every discrepancy that was asked for, in order. */
export function discrepancies(engine: Engine): Collection<Discrepancy> {
  return engine.state.extra<Discrepancy>("discrepancies");
}
