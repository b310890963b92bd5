/** Settlements that were delivered again with other contents: which version counts, and who decided it. */
export { acceptSettlement, type AcceptSettlement, type SettlementAccepted } from "./accept-settlement.ts";
export { listSettlementVersions, type SettlementVersionView, type VersionDifference } from "./list-versions.ts";
