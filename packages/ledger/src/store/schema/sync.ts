/** The right to do a piece of work alone, for a while: a holder that dies loses it when the time is over. */
export interface LeaseTable {
  account_id: string;
  /** `sync`, … */
  name: string;
  /** Random name of the runner. */
  holder: string;
  expires_at: number;
}

/** How far a source of an account has been read. */
export interface SyncMarkTable {
  account_id: string;
  /** `v2`, `mws` or `folder`. */
  source: string;
  /** `reports` or `disbursements`. */
  what: string;
  /** Start of the last listing that was read to its end; null before the first. */
  last_success_at: number | null;
  /** Failures in a row since then. */
  failures: number;
  /** Not to be asked again before. */
  next_at: number | null;
}
