/** Reports come in: sources, one sync. */
export { clientAttempts, type Attempts } from "../sources/attempts.ts";
export { apiV2Source, type ApiV2SourceOptions } from "../sources/api-v2/source.ts";
export { SyncError, type SyncErrorCode } from "../errors.ts";
export type { SyncEvent, SyncListener } from "./events.ts";
export { folderSource, type FolderSourceOptions } from "../sources/folder/source.ts";
export { mwsSource, type MwsSourceOptions } from "../sources/mws/source.ts";
export type { SyncAccount, SyncOptions } from "./options.ts";
export type {
  ListedDisbursement,
  ListedReport,
  ListedStatus,
  ReportSource,
  SourceName,
  TimeWindow,
} from "../sources/source.ts";
export type { SourceFailure, SyncSummary } from "./summary.ts";
export { sync as syncReports } from "./sync.ts";
export { type UnfinishedSync, unfinishedSyncs } from "./unfinished.ts";
