import { formatAmount, MoneyError, readAmount } from "@amazon-pay-kit/money";
import type { FormatEvent } from "../../events.ts";
import { CamtFault, leafAt, signedAmount } from "./amounts.ts";
import type { CamtPart } from "./elements.ts";

/** What a report says its entries come to, and what they do. Banks count entries or payments, with or without those expected. */
export class ReportTotals {
  #stated: CamtPart | null = null;
  #page: CamtPart | null = null;
  #known = true;
  #payments = 0;
  readonly #all = { entries: 0, credit: 0n, debit: 0n };
  readonly #booked = { entries: 0, credit: 0n, debit: 0n };
  #currency: string | null = null;

  state(part: CamtPart): void {
    if (part.kind === "totals") this.#stated = part;
    else this.#page = part;
  }

  /** @param booked whether the entry became a line */
  add(part: CamtPart, currency: string, payments: number, booked: boolean): void {
    this.#payments += Math.max(1, payments);
    try {
      const amount = signedAmount(part, currency);
      this.#currency ??= amount.currency;
      if (this.#currency !== amount.currency) this.#known = false;
      for (const sums of booked ? [this.#all, this.#booked] : [this.#all]) {
        sums.entries += 1;
        if (amount.minor > 0n) sums.credit += amount.minor;
        else sums.debit -= amount.minor;
      }
    } catch (error) {
      if (!(error instanceof CamtFault)) throw error;
      this.#known = false;
    }
  }

  #differs(path: string, ...counts: readonly bigint[]): string | null {
    const text = leafAt(this.#stated?.leaves ?? [], path)?.text;
    const currency = this.#currency ?? "EUR";
    if (text === undefined) return null;
    const isCount = path.endsWith("NbOfNtries");
    try {
      const stated = isCount ? BigInt(text) : readAmount(text, { currency, decimal: "." }).minor;
      const [found] = counts;
      if (found === undefined || counts.includes(stated)) return null;
      const shown = (value: bigint): string =>
        isCount ? String(value) : `${formatAmount(value, currency)} ${currency}`;
      return `${path} says ${shown(stated)}, and there are ${shown(found)}`;
    } catch (error) {
      if (error instanceof MoneyError || error instanceof SyntaxError) return null;
      throw error;
    }
  }

  /** What the report says of itself and is not so, and whether it goes on in another file. */
  *notes(file: string | null): Generator<FormatEvent, void, void> {
    const page = this.#page;
    if (page !== null && /^(?:false|0)$/.test(leafAt(page.leaves, "LastPgInd")?.text ?? "")) {
      const number = leafAt(page.leaves, "PgNb")?.text ?? "1";
      const message = `this is page ${number} of the statement and not the last (LastPgInd): the entries of the others are in other files`;
      yield { type: "note", line: page.line, file, code: "continues", message };
    }
    const stated = this.#stated;
    if (stated === null || !this.#known) return;
    const { entries, credit, debit } = this.#all;
    const booked = this.#booked;
    const faults = [
      this.#differs("TtlNtries/NbOfNtries", BigInt(entries), BigInt(booked.entries), BigInt(this.#payments)),
      this.#differs("TtlCdtNtries/Sum", credit, booked.credit),
      this.#differs("TtlDbtNtries/Sum", debit, booked.debit),
    ].filter((fault) => fault !== null);
    if (faults.length === 0) return;
    const message = `the report does not come to what it says of itself (TxsSummry): ${faults.join("; ")}; entries may be missing`;
    yield { type: "note", line: stated.line, file, code: "control-total", message };
  }
}
