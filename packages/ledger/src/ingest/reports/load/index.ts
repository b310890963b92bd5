/** Files become rows. */
export { LoadError, type LoadErrorCode } from "./errors.ts";
export type { LoadFileOptions, LoadOutcome } from "./load-file.ts";
