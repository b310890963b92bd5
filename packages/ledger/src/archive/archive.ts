/** A report that delivered the bytes of a file. */
export interface ArchivedReport {
  /** `v2`, `mws`, `folder` or `hand`. */
  readonly source: string;
  readonly reportId: string;
  readonly reportType: string;
  /** Data window in milliseconds since the epoch; `null` where it is not known. */
  readonly windowStart: number | null;
  readonly windowEnd: number | null;
  /** When the service made the report. */
  readonly createdAt: number | null;
  readonly fetchedAt: number;
  /** Name of the file, for reports that came by hand. */
  readonly fileName?: string;
}

/** Whose report it is: the first parts of its place in the archive. */
export interface ArchiveOwner {
  readonly accountId: string;
  readonly region: string;
  readonly environment: string;
}

/** Everything that is known about a file in the archive, kept beside it as JSON. */
export interface Sidecar extends ArchiveOwner {
  /** Version of this form of metadata. */
  readonly version: 1;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly contentHash: string;
  readonly byteCount: number;
  /** The report for which the bytes were first kept, then every other that delivered the same bytes. */
  readonly reports: readonly ArchivedReport[];
}

/** Bytes that have come in but have no place yet. */
export interface Receipt {
  readonly contentHash: string;
  readonly byteCount: number;

  /**
   * Gives the bytes their place, durably: when this resolves they survive a power cut. Bytes that are already at that place
   * are left alone; other bytes for the same report get a place of their own beside the first.
   */
  keep(owner: ArchiveOwner, report: ArchivedReport): Promise<KeptFile>;

  /** Discards the bytes. Does nothing after `keep`. */
  discard(): Promise<void>;
}

/** Where bytes were put. */
export interface KeptFile {
  /** Place in the archive, with `/` between its parts. */
  readonly path: string;
  /** The place of other bytes that the same report had delivered before; `null` when there are none. */
  readonly differsFrom: string | null;
}

/** One object in the archive. */
export interface ArchiveEntry {
  readonly path: string;
  /** `other` is neither: a half-written file of a killed process, or something that somebody put there. */
  readonly kind: "file" | "sidecar" | "other";
}

/**
 * Permanent storage for report files, byte for byte as received.
 *
 * Adapters: a folder, memory, S3-compatible storage. All pass one conformance suite.
 */
export interface Archive {
  /** Receives bytes and hashes them; they are not part of the archive until {@link Receipt.keep}. */
  receive(bytes: AsyncIterable<Uint8Array>): Promise<Receipt>;

  /** The bytes of a file. @throws ArchiveError `archive.missing` with the first piece */
  read(path: string): AsyncIterable<Uint8Array>;

  /** What is known about a file; `undefined` when there is nothing beside it. @throws ArchiveError `archive.damaged-sidecar` */
  describe(path: string): Promise<Sidecar | undefined>;

  /** Records another report that delivered the same bytes. @throws ArchiveError `archive.missing` */
  link(path: string, report: ArchivedReport): Promise<void>;

  /** Everything in the archive, in the order of its paths. Default: all of it. */
  entries(scope?: EntryScope): AsyncIterable<ArchiveEntry>;
}

/** A part of the archive. */
export interface EntryScope {
  /** Only what lies in this folder at the top: an account's. */
  readonly folder?: string | undefined;
  /** Only what comes behind this path. */
  readonly after?: string | undefined;
}
