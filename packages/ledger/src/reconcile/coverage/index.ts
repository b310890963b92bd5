/** Which stretches of time the books cover. */
export type { CoverageSettings } from "./judge.ts";
export { refreshCoverage, type CoverageRequest, type CoverageSpan } from "./refresh.ts";
export type { CoverageStatus } from "./span.ts";
