import { integer, type Random } from "@amazon-pay-kit/sdk/random";
import { DAY, HOUR, WEEK } from "./calendar.ts";
import { shareOf } from "./money.ts";
import { type AccountFacts, BEGIN, WEEKS } from "./account-facts.ts";
import type { BankLine, Movement, OwnRecord, Week } from "./movements.ts";

/** A sale: its row in a settlement, and its own record. */
export interface Sale {
  readonly capture: Movement;
  readonly record: OwnRecord;
  readonly week: Week;
  /** Ten-thousandths. */
  readonly rate: bigint;
}

/** What a sale may be told beforehand. */
export interface SaleSpec {
  readonly amount?: bigint;
  readonly at?: number;
  readonly order?: string;
  readonly permission?: string;
  readonly store?: string;
  readonly crossBorder?: boolean;
  readonly fixed?: bigint;
  /** Whether Amazon settles it. Default `true`. */
  readonly settled?: boolean;
  /** Whether the shop knows it. Default `true`. */
  readonly recorded?: boolean;
}

/** An account with its six months. */
export class Account {
  readonly weeks: Week[] = [];
  readonly records: OwnRecord[] = [];
  /** Bank lines that have nothing to do with transfers. */
  readonly otherLines: BankLine[] = [];
  /** Whether the setting says that the bank converts. */
  fxSetting = true;
  readonly facts: AccountFacts;
  readonly random: Random;
  #number = 1000;
  readonly #ids = new Set<string>();

  constructor(facts: AccountFacts, random: Random) {
    this.facts = facts;
    this.random = random;
    const first = integer(random, 1000, 8000);
    for (let index = 0; index < WEEKS; index += 1) {
      // A settlement ends some seconds after another, never at the same second of the week.
      const start = BEGIN + index * WEEK + index * 3000;
      const end = start + WEEK + 3000;
      this.weeks.push({
        index,
        settlementId: `${first}${facts.region.length}${String(5_000_000 + index * 17 + facts.id.length)}`,
        start,
        end,
        movements: [],
        bounced: false,
        wrongOpening: 0n,
        wrongReserve: 0n,
        wrongTransfer: 0n,
        transfer: 0n,
        transferAt: end - 2 * HOUR,
        files: [],
        deposits: [],
      });
    }
  }

  /** A number of digits that nothing else has. */
  digits(length: number): string {
    for (;;) {
      const id = Array.from({ length }, () => integer(this.random, 0, 9)).join("");
      if (this.#ids.has(id) || id.startsWith("0")) continue;
      this.#ids.add(id);
      return id;
    }
  }

  orderNumber(): string {
    this.#number += 1;
    const number = String(this.#number);
    if (this.facts.shop === "shopify") return `#${number}`;
    return this.facts.shop === "magento" ? number.padStart(9, "0") : `W${number}`;
  }

  /** A moment in the middle of a week, so that neither a window nor a day is near. */
  momentIn(week: Week): number {
    return week.start + integer(this.random, 4 * 60, 6 * 24 * 60) * 60_000 + integer(this.random, 0, 59) * 1000;
  }

  feeAt(at: number): { readonly rate: bigint; readonly fixed: bigint } {
    const fee = this.facts.fees.findLast(({ from }) => from <= at);
    if (fee === undefined) throw new TypeError("no fee");
    return fee;
  }

  amount(): bigint {
    return BigInt(integer(this.random, this.facts.least, this.facts.most));
  }

  sell(week: Week, spec: SaleSpec = {}): Sale {
    const { facts } = this;
    const at = spec.at ?? this.momentIn(week);
    const amount = spec.amount ?? this.amount();
    const permission = spec.permission ?? `${facts.prefix}-${this.digits(7)}-${this.digits(7)}`;
    const order = spec.order ?? this.orderNumber();
    const fee = this.feeAt(at);
    const rate = spec.crossBorder === true ? facts.crossBorder : fee.rate;
    const capture: Movement = {
      at,
      type: "Capture",
      transactionId: `${permission}-C${this.digits(6)}`,
      reference: `ref-${this.digits(8)}`,
      permission,
      order,
      store: spec.store ?? "Shop, Inc.",
      currency: facts.currency,
      description: "",
      amount,
      percentage: -shareOf(amount, rate),
      fixed: -(spec.fixed ?? fee.fixed),
    };
    const record: OwnRecord = {
      kind: "charge",
      status: "done",
      order,
      transactionId: capture.transactionId,
      reference: capture.reference,
      amount,
      currency: facts.currency,
      // The shop has it some minutes before: one was made on the last day of a month, by the clock of its place.
      at: at - integer(this.random, 5, 240) * 1000,
    };
    if (spec.settled !== false) week.movements.push(capture);
    if (spec.recorded !== false) this.records.push(record);
    return { capture, record, week, rate };
  }

  /** Money that goes back of a sale: a refund, a claim or a chargeback, or (with an amount below zero) its reversal. */
  giveBack(
    { capture, rate }: Sale,
    {
      week,
      amount,
      at,
      type = "Refund",
      recorded = true,
      settled = true,
    }: {
      readonly week: Week;
      readonly amount: bigint;
      readonly at?: number;
      readonly type?: string;
      readonly recorded?: boolean;
      readonly settled?: boolean;
    },
  ): { readonly row: Movement; readonly record: OwnRecord | null } {
    const moment = at ?? Math.max(this.momentIn(week), capture.at + 20 * 60_000);
    const letter = type === "Refund" ? "R" : "B";
    const row: Movement = {
      ...capture,
      at: moment,
      type,
      transactionId: `${capture.permission}-${letter}${this.digits(6)}`,
      reference: type === "A-to-z Guarantee Claim" ? "" : `refund-${this.digits(8)}`,
      description: type === "Refund" ? "" : type,
      amount: -amount,
      percentage: shareOf(amount, rate),
      fixed: 0n,
    };
    if (settled) week.movements.push(row);
    if (type !== "Refund" || !recorded || !this.facts.knowsRefunds) return { row, record: null };
    const record: OwnRecord = {
      kind: "refund",
      status: "done",
      order: row.order,
      transactionId: row.transactionId,
      reference: row.reference,
      amount,
      currency: row.currency,
      at: moment - integer(this.random, 5, 240) * 1000,
    };
    this.records.push(record);
    return { row, record };
  }

  /** A row that belongs to no order. */
  book(week: Week, type: string, amount: bigint, description: string, at = this.momentIn(week)): Movement {
    const row: Movement = {
      at,
      type,
      transactionId: "",
      reference: "",
      permission: "",
      order: "",
      store: "",
      currency: this.facts.currency,
      description,
      amount,
      percentage: 0n,
      fixed: 0n,
    };
    week.movements.push(row);
    return row;
  }
}

/** Sales and refunds of six months in which nothing is wrong. */
export function trade(account: Account): void {
  const { random } = account;
  for (const week of account.weeks) {
    for (let count = integer(random, 6, 9); count > 0; count -= 1) {
      const sale = account.sell(week);
      const chance = random.fraction();
      const { at, amount } = sale.capture;
      const left = week.end - at - DAY;
      if (chance < 0.06 && left > DAY) {
        account.giveBack(sale, { week, amount, at: at + integer(random, 30, Math.floor(left / 60_000)) * 60_000 });
      } else if (chance < 0.1 && left > DAY) {
        account.giveBack(sale, { week, amount: amount / 3n + 1n, at: at + integer(random, 30, 600) * 60_000 });
      } else if (chance < 0.14) {
        // Some of it comes back after some weeks; all of it could leave a week with nothing to pay out.
        const later = account.weeks[week.index + integer(random, 1, 3)];
        if (later !== undefined) account.giveBack(sale, { week: later, amount: amount / 3n + 1n });
      }
    }
  }
}
