import type { SourceName } from "../sources/source.ts";

interface OfSource {
  readonly accountId: string;
  readonly source: SourceName;
}

interface OfReport extends OfSource {
  readonly reportId: string;
  readonly reportType: string;
}

/** What happens during a sync, as it happens: for progress bars, logs, hooks and metrics. */
export type SyncEvent =
  | (OfSource & { readonly type: "started" })
  /** A page of the listing was written down. */
  | (OfSource & { readonly type: "listed"; readonly listed: number; readonly fresh: number })
  /** How many reports are now to be fetched. */
  | (OfSource & { readonly type: "planned"; readonly reports: number })
  | (OfReport & { readonly type: "fetching" })
  /** The bytes are safe in the archive. */
  | (OfReport & {
      readonly type: "archived";
      readonly path: string;
      readonly byteCount: number;
      /** The same bytes had come under another report. */
      readonly linked: boolean;
      /** The same report had delivered other bytes before. */
      readonly changed: boolean;
    })
  /** Its rows are in the store. */
  | (OfReport & {
      readonly type: "loaded";
      readonly kind: string;
      readonly rows: number;
      readonly errors: number;
      readonly repeats: number;
    })
  /** The file cannot be used as a whole. */
  | (OfReport & { readonly type: "quarantined"; readonly code: string; readonly message: string })
  /** A report could not be fetched; it is tried again after `nextAttemptAt`, or never when that is `null`: it is gone. */
  | (OfReport & {
      readonly type: "fetch-failed";
      readonly code: string;
      readonly message: string;
      readonly nextAttemptAt: number | null;
    })
  /** Reports that an earlier run could not fetch, and whose next try is not due yet: the first of them at `nextAttemptAt`. */
  | (OfSource & { readonly type: "waiting"; readonly reports: number; readonly nextAttemptAt: number })
  | (OfSource & { readonly type: "acknowledged"; readonly reports: number })
  | (OfSource & { readonly type: "disbursements"; readonly disbursements: number })
  /** Another runner is at it. */
  | (OfSource & { readonly type: "skipped"; readonly message: string })
  /** The source could not be read. */
  | (OfSource & { readonly type: "failed"; readonly code: string; readonly message: string })
  | (OfSource & { readonly type: "ended" });

/** Called for every event. It only observes: what it throws ends the sync. */
export type SyncListener = (event: SyncEvent) => void;
