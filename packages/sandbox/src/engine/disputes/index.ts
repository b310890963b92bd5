/** What may be done with disputes, without HTTP. */
export { changeDispute, contestDispute, type DisputeChange } from "./change-dispute.ts";
export { openDispute, type NewDispute } from "./open-dispute.ts";
