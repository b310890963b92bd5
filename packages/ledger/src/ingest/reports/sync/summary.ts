import type { SyncEvent } from "./events.ts";

/** Trouble with a whole source. */
export interface SourceFailure {
  readonly accountId: string;
  readonly source: string;
  readonly code: string;
  readonly message: string;
}

/** Result of a sync. */
export interface SyncSummary {
  readonly sources: number;
  readonly listed: number;
  /** Reports never seen before. */
  readonly fresh: number;
  /** Reports whose bytes came. */
  readonly fetched: number;
  readonly bytes: number;
  /** Of those: the same bytes under another report; other bytes under the same. */
  readonly linked: number;
  readonly changed: number;
  readonly files: number;
  readonly rows: number;
  readonly rowErrors: number;
  readonly repeats: number;
  readonly quarantined: number;
  /** Reports that could not be fetched this time. */
  readonly notFetched: number;
  /** Reports that an earlier run could not fetch, left alone because their next try is not due yet. */
  readonly waiting: number;
  readonly acknowledged: number;
  readonly disbursements: number;
  /** Accounts that another runner was working on. */
  readonly skipped: number;
  readonly failures: readonly SourceFailure[];
}

type Counts = { -readonly [Name in keyof SyncSummary]: SyncSummary[Name] extends number ? number : SourceFailure[] };

/** Adds events up. */
export class SyncTally {
  readonly #counts: Counts = {
    sources: 0,
    listed: 0,
    fresh: 0,
    fetched: 0,
    bytes: 0,
    linked: 0,
    changed: 0,
    files: 0,
    rows: 0,
    rowErrors: 0,
    repeats: 0,
    quarantined: 0,
    notFetched: 0,
    waiting: 0,
    acknowledged: 0,
    disbursements: 0,
    skipped: 0,
    failures: [],
  };

  add(event: SyncEvent): void {
    const counts = this.#counts;
    switch (event.type) {
      case "started":
        counts.sources += 1;
        break;
      case "listed":
        counts.listed += event.listed;
        counts.fresh += event.fresh;
        break;
      case "archived":
        counts.fetched += 1;
        counts.bytes += event.byteCount;
        counts.linked += event.linked ? 1 : 0;
        counts.changed += event.changed ? 1 : 0;
        break;
      case "loaded":
        counts.files += 1;
        counts.rows += event.rows;
        counts.rowErrors += event.errors;
        counts.repeats += event.repeats;
        break;
      case "quarantined":
        counts.quarantined += 1;
        break;
      case "fetch-failed":
        counts.notFetched += 1;
        break;
      case "waiting":
        counts.waiting += event.reports;
        break;
      case "acknowledged":
        counts.acknowledged += event.reports;
        break;
      case "disbursements":
        counts.disbursements += event.disbursements;
        break;
      case "skipped":
        counts.skipped += 1;
        break;
      case "failed": {
        const { accountId, source, code, message } = event;
        counts.failures.push({ accountId, source, code, message });
        break;
      }
      case "planned":
      case "fetching":
      case "ended":
        break;
    }
  }

  summary(): SyncSummary {
    return { ...this.#counts, failures: [...this.#counts.failures] };
  }
}
