/** Reconciling: verdicts on settlements, and exceptions. */
export type { Rule, Severity } from "../rules/rule.ts";
export { type ExceptionCode, type MessageName, MESSAGES, ruleOf, RULES } from "../rules/index.ts";
export type { DepositRule } from "./deposits/deposit.ts";
export { depositSubject } from "./deposits/by-hand.ts";
export { type HandMatch, type HandMatchRequest, linkDeposit, unlinkDeposit } from "./deposits/link-by-hand.ts";
export type { FeeRate, FeeSchedule, FeeSettings, FeeTier } from "./fees/schedule.ts";
export {
  reconcile,
  type ReconcileContext,
  type ReconcileOptions,
  type ReconcileProgress,
  verdicts,
  workOutVerdicts,
} from "./reconcile.ts";
export { BANK_RULE_CODES, type BankRule, type BankRuleCode } from "./bank-rules/bank-rule.ts";
export { type ConversionRule, type Kept, type ReconcileSettings, settingsOf } from "./settings.ts";
export type {
  BankVerdict,
  CoverageVerdict,
  ExceptionVerdict,
  SettlementStatus,
  SettlementVerdict,
  Verdicts,
} from "./verdicts.ts";
export type { Message, Messages } from "../rules/message.ts";
export { RULE_LANGUAGES, RULE_TEXTS, ruleTextOf, ruleTextsIn, textOf } from "../rules/text.ts";
export { amountAtRisk } from "./causes/assign-causes.ts";
