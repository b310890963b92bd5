/** Kinds of jobs, in the order in which one leads to the next. */
export const JOB_KINDS = ["discover", "fetch", "load", "reconcile", "export", "notify"] as const;

/** One of {@link JOB_KINDS}. */
export type JobKind = (typeof JOB_KINDS)[number];

/** Payload of each kind of job. Everything else is looked up when the job runs, because it may be old. */
export interface JobOrders {
  /** Read the lists of an account's sources. */
  readonly discover: { readonly accountId: string };
  /** Bring the bytes of one report into the archive. */
  readonly fetch: {
    readonly accountId: string;
    readonly source: string;
    readonly reportId: string;
    readonly shard: number;
  };
  /** Turn one archived file into rows. */
  readonly load: {
    readonly accountId: string;
    readonly source: string;
    readonly fileId: number;
    readonly reportId: string;
    readonly reportType: string;
  };
  /** Work out what the new rows of an account change. */
  readonly reconcile: { readonly accountId: string };
  /** Carry out one of the worker's exports for an account. */
  readonly export: { readonly accountId: string; readonly export: string };
  /** Tell the hooks of what has happened to an account. */
  readonly notify: { readonly accountId: string };
}

/** How jobs of a kind are kept and tried again. */
export interface JobKindDef {
  readonly help: string;
  /** Further tries after the first; then the job is dead. */
  readonly retries: number;
  /** Seconds before the first further try; doubled, with chance, from try to try. */
  readonly retryAfter: number;
  /** A job that runs longer than this is taken for lost, in seconds. Longer than the longest honest run. */
  readonly longest: number;
}

/** A table: what differs from kind to kind. */
export const JOB_KIND_DEFS: Readonly<Record<JobKind, JobKindDef>> = {
  discover: { help: "read the lists of an account's sources", retries: 6, retryAfter: 60, longest: 3600 },
  fetch: { help: "bring a report's bytes into the archive", retries: 8, retryAfter: 30, longest: 3600 },
  load: { help: "turn an archived file into rows", retries: 5, retryAfter: 20, longest: 7200 },
  reconcile: { help: "work out what new rows change", retries: 5, retryAfter: 60, longest: 7200 },
  export: { help: "carry out an export", retries: 5, retryAfter: 60, longest: 7200 },
  notify: { help: "tell the hooks what is new", retries: 5, retryAfter: 60, longest: 3600 },
};

/**
 * What makes two queued jobs the same: the second of them is not queued. It bounds the queue: an account has never more
 * than one job of a kind in it, or one a shard for fetching, however many reports wait.
 */
export const JOB_KEYS: { readonly [Kind in JobKind]: (order: JobOrders[Kind]) => string } = {
  discover: (order) => order.accountId,
  fetch: (order) => `${order.accountId} ${order.source} ${order.shard}`,
  load: (order) => `${order.accountId} ${order.source}`,
  reconcile: (order) => order.accountId,
  export: (order) => `${order.accountId} ${order.export}`,
  notify: (order) => order.accountId,
};
