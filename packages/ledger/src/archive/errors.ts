import { LedgerError } from "../errors.ts";

/** Codes of {@link ArchiveError}. */
export type ArchiveErrorCode =
  /** A file that the archive should have is not there. */
  | "archive.missing"
  /** Metadata beside a file cannot be read. */
  | "archive.damaged-sidecar"
  /** A path that does not lie in the archive. */
  | "archive.bad-path"
  /** The storage has other bytes than were sent to it. */
  | "archive.damaged-on-the-way"
  /** An archive on S3 needs a package that is not installed. */
  | "archive.no-client"
  /** The folder or the bucket cannot be made or written. */
  | "archive.cannot-write";

/** The archive cannot carry out the request. */
export class ArchiveError extends LedgerError<ArchiveErrorCode> {}
