/** Reports that are wrong on request, and the truth. */
export { discrepancies, type Discrepancy } from "./discrepancy.ts";
export { DiscrepancyError, type DiscrepancyErrorCode } from "./discrepancy-error.ts";
export type { DiscrepancyKind } from "./kind.ts";
export { DISCREPANCY_KINDS, discrepancyKind } from "./kinds/index.ts";
export { requestDiscrepancy, withdrawDiscrepancies, type DiscrepancySpec } from "./inject.ts";
export { discrepanciesModule } from "./module.ts";
export { truthOf, type Truth } from "./truth.ts";
