/** Reconciling: verdicts on settlements, and exceptions. */
export type { CheckFacts, Severity } from "../rules/check-facts.ts";
export { checkOf, CHECKS, type ExceptionCode } from "../rules/index.ts";
export type { DepositRule } from "./deposits/deposit.ts";
export type { FeeRate, FeeSchedule, FeeSettings, FeeTier } from "./fees/schedule.ts";
export {
  reconcile,
  type ReconcileContext,
  type ReconcileOptions,
  type ReconcileProgress,
  verdicts,
  workOutVerdicts,
} from "./reconcile.ts";
export { type Kept, type ReconcileSettings, settingsOf } from "./settings.ts";
export type { CoverageVerdict, ExceptionVerdict, SettlementVerdict, Verdicts } from "./verdicts.ts";
export { filledIn, type Said, type Sentence } from "../rules/sentences/say.ts";
export { type SentenceName, SENTENCES } from "../rules/sentences/table.ts";
