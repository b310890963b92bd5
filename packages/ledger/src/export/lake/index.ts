/** Exports that are brought up to date file by file, with a manifest: for warehouses and lakes. */
export { LakeError, type LakeErrorCode } from "./errors.ts";
export {
  exportIncrement,
  type Increment,
  type IncrementContext,
  type IncrementOptions,
  LAKE_TABLES,
} from "./export-increment.ts";
export { LAKE_FORMATS, type LakeChanges, type LakeFile, type LakeFormat, type LakeManifest } from "./manifest.ts";
export { folderTarget, lakeTarget, type LakeTarget, type MadeFile, s3Target, type S3TargetOptions } from "./target.ts";
