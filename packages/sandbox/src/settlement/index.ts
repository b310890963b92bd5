/** The books of the sandbox: fees, movements, settlements, payouts. */
export { bankStatement, type BankLine } from "./bank-statement.ts";
export { configureBooks } from "./configure.ts";
export { disbursementsOf, type Disbursement } from "./disbursement.ts";
export { conversionRate, convert, settlementCurrency } from "../engine/exchange.ts";
export { FEE_SCHEDULES, type FeeSchedule } from "./fees/index.ts";
export { installBooks } from "./module.ts";
export { netOf } from "./movements.ts";
export { postAdjustment, type Adjustment } from "./postings/adjustment.ts";
export { authorizationIdOf } from "./postings/authorization-fee.ts";
export { settlementModule } from "./module.ts";
export { booksSettings, defaultBooksSettings, type BooksSettings } from "./settings.ts";
export { closeSettlements, type CloseRequest } from "./periods/settlement-clock.ts";
export type { ReservePolicy } from "./periods/reserve-policy.ts";
