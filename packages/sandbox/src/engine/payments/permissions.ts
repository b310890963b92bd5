/** What may be done with charge permissions, without HTTP. */
export { balanceAt } from "./balance.ts";
export { closePermission, requireModifiable, requirePermissionOperation } from "./close-permission.ts";
export { grantPermission, type NewPermission } from "./grant-permission.ts";
export { movePermission } from "./move-permission.ts";
export { changeInstrument } from "./change-instrument.ts";
