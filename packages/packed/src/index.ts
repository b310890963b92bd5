/** Gzip and zip files, read as they come: checked against their own sums, stopped when they grow beyond limits. */
export { collected } from "./collected.ts";
export { type Compression, COMPRESSION_BYTES, detectCompression } from "./compression.ts";
export type { PackedFault, Refuse } from "./fault.ts";
export { gunzipped } from "./gunzip.ts";
export { peek, type Peeked } from "./head.ts";
export { InflationGuard, type InflationLimits } from "./inflation-guard.ts";
export { type Archive, type ArchiveEntry, openArchive } from "./unzip.ts";
