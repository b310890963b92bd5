/** Where the bytes of reports are kept for good. */
export type { Archive, ArchivedReport, ArchiveEntry, ArchiveOwner, KeptFile, Receipt, Sidecar } from "./archive.ts";
export { ArchiveError, type ArchiveErrorCode } from "./errors.ts";
export { openFolderArchive, type FolderArchiveOptions } from "./folder/open.ts";
export { openMemoryArchive, type MemoryArchive } from "./memory/open.ts";
export { openS3Archive, type S3Archive, type S3ArchiveOptions } from "./s3/open.ts";
export {
  verifyArchive,
  type ArchiveFinding,
  type ArchiveProblem,
  type ExpectedFile,
  type VerifiedFile,
} from "./verify.ts";
