import { formatAmount } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { type FeeInvoiceMonth, invoicedMonths, rateText } from "../../fee-tax/fee-invoices.ts";
import { feeInvoice } from "../../rules/fee-invoice.ts";
import { message } from "../../rules/index.ts";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import type { Finding } from "../finding.ts";
import { readMark, setMarks } from "../step/marks.ts";
import type { Step } from "../step/step.ts";

const MARK = "fee-invoices";

/** A text that changes with the invoices, the settings and everything that fees are made of. */
async function present({ db, accountId, settings }: Step): Promise<string> {
  const { rows } = await sql<Record<string, number | bigint | string | null>>`
    select (select max(fee_invoice_id) from fee_invoice where account_id = ${accountId}) as invoices,
      (select count(*) from fee_invoice where account_id = ${accountId} and withdrawn_at is not null) as gone,
      (select count(*) from file where account_id = ${accountId} and loaded_at is not null) as files,
      (select max(loaded_at) from file where account_id = ${accountId}) as loaded,
      (select count(*) from report_withdrawal where account_id = ${accountId}) as withdrawn,
      (select max(accepted_at) from settlement_version where account_id = ${accountId}) as accepted,
      (select count(*) from settlement_version where account_id = ${accountId}) as versions
  `.execute(db);
  return `${Object.values(rows[0] ?? {}).join("/")} ${JSON.stringify(settings.feeTax)}`;
}

function findingOf(one: FeeInvoiceMonth): Finding[] {
  const { month, currency, netMinor, taxMinor, settledMinor, expectedTaxMinor } = one;
  if (settledMinor === null || expectedTaxMinor === null) return [];
  const invoiced = netMinor + taxMinor;
  const text = (minor: bigint): string => formatAmount(minor, currency);
  const numbers = one.numbers.join(", ");
  const base = {
    code: feeInvoice.code,
    subject: `fee-invoice:${month}:${currency}`,
    settlementId: null,
    transactionId: null,
    fileId: null,
    line: null,
    currency,
  } as const;
  if (invoiced !== settledMinor) {
    const values = { numbers, month, currency, invoiced: text(invoiced), settled: text(settledMinor) };
    return [{ ...base, amount: invoiced - settledMinor, messages: message("fee.invoice", values) }];
  }
  if (taxMinor === expectedTaxMinor) return [];
  const values = {
    numbers,
    month,
    currency,
    tax: text(taxMinor),
    invoiced: text(invoiced),
    expected: text(expectedTaxMinor),
    rate: rateText(one.rate),
  };
  return [{ ...base, amount: taxMinor - expectedTaxMinor, messages: message("fee.invoice.tax", values) }];
}

/** Raises, for each month with fee invoices, that they do not come to its fees, or not to the tax in them. */
export async function checkFeeInvoices(step: Step): Promise<void> {
  const mark = await present(step);
  if ((await readMark(step, MARK)) === mark) return;
  const months = await invoicedMonths(step.db, step.accountId, step.settings.feeTax);
  await replaceFindings(step, { codes: [feeInvoice.code] }, months.flatMap(findingOf));
  await setMarks(step, [MARK], mark);
}
