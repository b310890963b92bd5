/**
 * Amazon Pay API v2 as data: every operation, the members of its requests with their limits, and the regions.
 * The client sends by these tables and the sandbox answers by them.
 */
export type { HttpMethod, Operation } from "./operation.ts";
export { throttleOf, type Throttle } from "./throttles.ts";
export { OPERATIONS, type OperationName, type OperationRow } from "./table.ts";
export { matchOperation, type OperationMatch, type OperationMismatch } from "./match.ts";
export { checkRequest } from "./fields/check.ts";
export { checkFields, type CheckOptions } from "./fields/check.ts";
export { nearest, type Suggest } from "./fields/suggestion.ts";
export { serviceMessage, type FieldIssue, type FieldReason } from "./fields/issue.ts";
export type { Field, FieldKind, FieldTable } from "./fields/field.ts";
export type { Rule } from "./fields/rules.ts";
export { buttonPayload } from "./groups/checkout-sessions.ts";
export { buttonPayloadFields, createCheckoutSessionFields } from "./fields/checkout-sessions.ts";
export { signInFields } from "./fields/button.ts";
export { CHARGE_STATES, DISPUTE_REASONS, DISPUTE_RESOLUTIONS, DISPUTE_STATES } from "./states.ts";
export { FILING_REASONS } from "./fields/disputes.ts";
export { BUTTON_COLORS, PLACEMENTS, PRODUCT_TYPES } from "./button-facts.ts";
export { SIMULATION_CODES, type SimulationCode } from "./simulation-codes.ts";
export { CURRENCIES, REPORT_TYPES } from "./fields/shared.ts";
export { SCHEDULE_FREQUENCIES } from "./fields/reports.ts";
export { currencyDigits } from "./fields/currency-digits.ts";
export type { ApiRegion, Region, RegionName } from "./api-regions.ts";
export { environmentOfKey, findRegion, REGIONS, type RegionRow } from "./regions.ts";
export { REASON_CODES, type ReasonCode } from "./reason-codes.ts";
