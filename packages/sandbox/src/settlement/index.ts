/** The books of the sandbox: fees, movements, settlements, payouts. */
export { bankStatement, type BankLine } from "./bank-statement.ts";
export { configureBooks } from "./configure.ts";
export { disbursementsOf, type Disbursement } from "./disbursement.ts";
export { conversionRate, convert, settlementCurrency } from "../engine/exchange.ts";
export { FEE_SCHEDULES, type FeeSchedule } from "./fees/index.ts";
export { installBooks, settlementModule } from "./module.ts";
export { netOf } from "./movements.ts";
export { postAdjustment, type Adjustment, authorizationIdOf } from "./postings/postings.ts";
export { booksSettings, defaultBooksSettings, type BooksSettings } from "./settings.ts";
export { closeSettlements, type CloseRequest } from "./periods/settlement-clock.ts";
export type { ReservePolicy } from "./periods/reserve-policy.ts";
