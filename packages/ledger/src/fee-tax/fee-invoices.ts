import { calendarOf, DAY, dayAfter, printableText, readAmount } from "@amazon-pay-kit/money";
import { groupBy } from "@amazon-pay-kit/backports";
import type { Kysely } from "kysely";
import { appendAudit } from "../audit/index.ts";
import { accountsOf, type BooksContext } from "../books/context.ts";
import { BooksError } from "../books/errors.ts";
import type { Schema } from "../store/schema/index.ts";
import { type FeeTax, feeTaxIn, type FeeTaxRate, taxIn } from "./fee-tax.ts";
import { feeTotal } from "./fee-total.ts";

/** An invoice to be entered. */
export interface NewFeeInvoice {
  /** Number that it has. */
  readonly number: string;
  /** Month that it is of: `2026-06`. */
  readonly month: string;
  readonly currency: string;
  /** Decimal texts as the invoice has them; below zero on a credit note. */
  readonly net: string;
  readonly tax: string;
  /** IANA name of the zone whose month it is. Default `UTC`. */
  readonly timeZone?: string | undefined;
}

/** An invoice in the books. */
export interface FeeInvoice {
  readonly accountId: string;
  readonly number: string;
  readonly month: string;
  readonly currency: string;
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
}

/** The invoices of a month beside what was settled. */
export interface FeeInvoiceMonth {
  readonly accountId: string;
  readonly month: string;
  readonly currency: string;
  readonly numbers: readonly string[];
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
  /** What the settlements took as fees, tax included; null while the reports do not reach the end of the month. */
  readonly settledMinor: bigint | null;
  /** The tax in it, by the settings; null as above. */
  readonly expectedTaxMinor: bigint | null;
  /** What holds for the month; null where the settings have no tax in the fees. */
  readonly rate: FeeTaxRate | null;
}

function refuse(what: string, value: unknown, expected: string): never {
  throw new BooksError("books.bad-option", `${what}: expected ${expected}, found ${JSON.stringify(value)}`);
}

async function oneAccount(context: BooksContext): Promise<string> {
  const [only, ...others] = await accountsOf(context);
  if (only === undefined) throw new BooksError("books.which-account", "the ledger has no account yet: sync first");
  if (others.length > 0)
    throw new BooksError(
      "books.which-account",
      `name the account that the invoice is for: ${[only, ...others].join(", ")}`,
    );
  return only;
}

const LONGEST_NUMBER = 64;

function checked({ number, month, currency, net, tax }: NewFeeInvoice) {
  const name = number.trim();
  if (name === "" || name.length > LONGEST_NUMBER || printableText(name) !== name)
    refuse("number", number, `the number of the invoice, at most ${LONGEST_NUMBER} characters`);
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) refuse("month", month, "a month such as 2026-06");
  const minor = (what: string, text: string): bigint => {
    try {
      return readAmount(text, { currency }).minor;
    } catch (error) {
      throw new BooksError("books.bad-option", `${what}: ${(error as Error).message}`, { cause: error });
    }
  };
  return { number: name, month, currency, net_minor: minor("net", net), tax_minor: minor("tax", tax) };
}

/**
 * Enters what an invoice of Amazon Pay says of the fees of a month. The next reconcile compares it with the fees of the settlements,
 * and raises `fee.invoice` where they differ. Credit notes have amounts below zero; the invoices of a month are compared together.
 *
 * @throws BooksError `books.bad-option` for what cannot be read, or a number that is entered already
 *
 * @example
 * await addFeeInvoice({ store, clock, accountId: "shop-de" }, { number: "DE-26-0001", month: "2026-06", currency: "EUR", net: "30.34", tax: "5.76" });
 */
export async function addFeeInvoice(context: BooksContext, invoice: NewFeeInvoice): Promise<FeeInvoice> {
  const row = checked(invoice);
  const accountId = await oneAccount(context);
  const calendar = calendarOf(invoice.timeZone ?? "UTC");
  await context.store.transaction(async (db) => {
    const known = await db
      .selectFrom("fee_invoice")
      .select("month")
      .where("account_id", "=", accountId)
      .where("number", "=", row.number)
      .where("withdrawn_at", "is", null)
      .executeTakeFirst();
    if (known !== undefined)
      throw new BooksError(
        "books.bad-option",
        `invoice ${row.number} of ${accountId} is entered already, for ${known.month}: take it out with apay fees withdraw ${row.number} --note REASON, and enter it anew`,
      );
    await db
      .insertInto("fee_invoice")
      .values({
        account_id: accountId,
        ...row,
        from_at: calendar.startOf(`${row.month}-01`),
        until_at: calendar.startOf(`${dayAfter(`${row.month}-01`, 31).slice(0, 7)}-01`),
        who: context.who ?? "unknown",
        at: context.clock.now(),
        withdrawn_at: null,
        withdrawn_who: null,
        withdrawn_note: null,
      })
      .execute();
    const { month, currency, net_minor: netMinor, tax_minor: taxMinor } = row;
    const became = { month, currency, netMinor, taxMinor };
    await appendAudit(context, db, { accountId, what: "fee-invoice.added", subject: row.number, became });
  });
  const { number, month, currency, net_minor: netMinor, tax_minor: taxMinor } = row;
  return { accountId, number, month, currency, netMinor, taxMinor };
}

/**
 * Takes an invoice out that was entered by mistake. It stays on record, with who, when and why.
 *
 * @throws BooksError `books.bad-option` for a number that is not entered, or without a note
 */
export async function withdrawFeeInvoice(
  context: BooksContext,
  request: { readonly number: string; readonly note: string },
): Promise<void> {
  const note = request.note.trim();
  if (note === "") refuse("note", request.note, "why the invoice is withdrawn");
  const accounts = await accountsOf(context);
  const { number } = request;
  await context.store.transaction(async (db) => {
    const rows = await db
      .updateTable("fee_invoice")
      .set({ withdrawn_at: context.clock.now(), withdrawn_who: context.who ?? "unknown", withdrawn_note: note })
      .where("account_id", "in", accounts.length === 0 ? [""] : [...accounts])
      .where("number", "=", number)
      .where("withdrawn_at", "is", null)
      .returning(["account_id", "month", "currency", "net_minor", "tax_minor"])
      .execute();
    if (rows.length === 0) refuse("number", number, "the number of an invoice, as apay fees invoices lists them");
    for (const { account_id: accountId, month, currency, net_minor: netMinor, tax_minor: taxMinor } of rows) {
      const was = { month, currency, netMinor, taxMinor };
      await appendAudit(context, db, { accountId, what: "fee-invoice.withdrawn", subject: number, note, was });
    }
  });
}

/** Milliseconds by which reports may end before a month does: they end with the day, in their own zone. */
const SLACK = DAY / 24;

/** The months of an account with invoices, each beside what was settled in it. */
export async function invoicedMonths(
  db: Kysely<Schema>,
  accountId: string,
  feeTax: readonly FeeTax[],
): Promise<readonly FeeInvoiceMonth[]> {
  const rows = await db
    .selectFrom("fee_invoice")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("withdrawn_at", "is", null)
    .orderBy("month")
    .orderBy("currency")
    .orderBy("fee_invoice_id")
    .execute();
  const reach = await db
    .selectFrom("settlement")
    .select(({ fn }) => [fn.max<number | null>("end_at").as("until")])
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  const months: FeeInvoiceMonth[] = [];
  for (const some of groupBy(rows, (row) => `${row.month} ${row.currency} ${row.from_at}`).values()) {
    const [first] = some;
    if (first === undefined) continue;
    const { month, currency, from_at: from, until_at: until } = first;
    const covered = Number(reach?.until ?? 0) >= until - SLACK;
    const settledMinor = covered ? await feeTotal(db, { accountId, currency, from, until }) : null;
    const rate = feeTaxIn(feeTax, { accountId, currency, month });
    months.push({
      accountId,
      month,
      currency,
      numbers: some.map(({ number }) => number),
      netMinor: some.reduce((sum, { net_minor }) => sum + net_minor, 0n),
      taxMinor: some.reduce((sum, { tax_minor }) => sum + tax_minor, 0n),
      settledMinor,
      expectedTaxMinor: settledMinor === null ? null : rate === null ? 0n : taxIn(settledMinor, rate.rate),
      rate,
    });
  }
  return months;
}

/** The months of all accounts with invoices, each beside what was settled in it: what `fee.invoice` is found by. */
export async function listFeeInvoices(
  context: BooksContext,
  feeTax: readonly FeeTax[],
): Promise<readonly FeeInvoiceMonth[]> {
  const months: FeeInvoiceMonth[] = [];
  for (const account of await accountsOf(context))
    months.push(...(await invoicedMonths(context.store.db, account, feeTax)));
  return months;
}

/** How a rate is named: `19 %, standard`. */
export function rateText(rate: FeeTaxRate | null): string {
  return rate === null ? "no feeTax" : `${rate.rate} %, ${rate.label}`;
}
