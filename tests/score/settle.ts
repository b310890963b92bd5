import { integer } from "@amazon-pay-kit/sdk/random";
import { dayText, workingDaysAfter } from "./calendar.ts";
import { total } from "./money.ts";
import { STATEMENT_END } from "./account-facts.ts";
import type { Account } from "./account.ts";
import { type BankLine, type Movement, type Week, netOf } from "./movements.ts";

/** The text of a deposit, with a number of the bank's own. */
export function depositText(account: Account): string {
  return account.facts.depositText.replace("{number}", account.digits(9));
}

/** One US dollar in euros, in hundred-thousandths: it drifts by less than a percent a month. */
export function rateOn(day: number): bigint {
  const weeks = Math.floor((day - Date.UTC(2026, 0, 1)) / 604_800_000);
  return 92_000n + BigInt(weeks * 60) + BigInt((weeks * 7919) % 130);
}

/** What the bank makes of an amount that it converts. */
export function converted(amount: bigint, day: number): bigint {
  return (amount * rateOn(day)) / 100_000n;
}

function balanceRow(account: Account, week: Week, type: string, amount: bigint, description: string, at: number) {
  const row: Movement = account.book(week, type, amount, description, at);
  week.movements.pop();
  return row;
}

/**
 * Makes the settlements: what is carried in and released, what moved, what is held back, and the transfer of what is left or,
 * where it is below zero, what becomes of it.
 */
export function settle(account: Account): void {
  const { facts, random } = account;
  let [carried, held] = [0n, 0n];
  for (const week of account.weeks) {
    const rows: Movement[] = [];
    const first = week.start + 60_000;
    if (held !== 0n || week.wrongReserve !== 0n)
      rows.push(balanceRow(account, week, "Reserve", held + week.wrongReserve, "Previous Reserve Balance", first));
    const opening = carried + week.wrongOpening;
    if (opening !== 0n) rows.push(balanceRow(account, week, "Carryover", opening, "Balance carried over", first));
    rows.push(...week.movements.toSorted((one, other) => one.at - other.at));
    held = facts.reserve;
    if (held !== 0n)
      rows.push(balanceRow(account, week, "Reserve", -held, "Current Reserve Balance", week.transferAt - 60_000));
    let balance = total(rows.map(netOf));
    if (balance < 0n && facts.takesDebt) {
      rows.push(balanceRow(account, week, "Debt", -balance, "Charged to the card", week.transferAt));
      balance = 0n;
    }
    week.transfer = balance > 0n ? balance - week.wrongTransfer : 0n;
    if (week.transfer !== 0n)
      rows.push(balanceRow(account, week, "Transfer", -week.transfer, "Transfer to bank account", week.transferAt));
    carried = week.bounced ? week.transfer : balance < 0n ? balance : 0n;
    week.files.push({
      name: `${dayText(week.end)}-SETTLEMENT_DATA_${week.settlementId}.csv`,
      settlementId: week.settlementId,
      start: week.start,
      end: week.end,
      rows,
    });
    if (week.transfer > 0n && !week.bounced) {
      const day = workingDaysAfter(week.transferAt, integer(random, 1, 3));
      week.deposits.push(depositOf(account, week.transfer, day));
    }
  }
}

/** A deposit of so much of a transfer, in the currency of the bank account. */
export function depositOf(account: Account, amount: bigint, day: number): BankLine {
  const { currency, bankCurrency } = account.facts;
  const arrived = currency === bankCurrency ? amount : converted(amount, day);
  return { day, amount: arrived, currency: bankCurrency, text: depositText(account) };
}

/** What else is on the statement of every shop: rent, wages, and money of others. */
export function otherBankLines(account: Account): readonly BankLine[] {
  const { random, facts } = account;
  const lines: BankLine[] = [];
  const line = (day: number, amount: bigint, text: string): void =>
    void lines.push({ day, amount, currency: facts.bankCurrency, text });
  for (let month = 0; month < 7; month += 1) {
    line(Date.UTC(2026, month, 2), -BigInt(integer(random, 50_000, 150_000)), "RENT SHOP FLOOR 2");
    line(Date.UTC(2026, month, 12), BigInt(integer(random, 5000, 900_000)), "INVOICE 4711 CUSTOMER LTD");
  }
  line(STATEMENT_END, -BigInt(integer(random, 100, 900)), "BANK CHARGES QUARTER");
  return lines;
}
