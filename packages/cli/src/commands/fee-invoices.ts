import {
  addFeeInvoice,
  type FeeInvoiceMonth,
  formatAmount,
  listFeeInvoices,
  withdrawFeeInvoice,
} from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { feeTaxSettings } from "../books/settings.ts";
import { CliError, EXIT } from "../errors.ts";
import { argument, text, type CommandRow, type Input } from "../program/command.ts";

/** Whether the invoices of a month agree with its settlements; null while its reports are not complete. */
function agrees({ netMinor, taxMinor, settledMinor, expectedTaxMinor }: FeeInvoiceMonth): boolean | null {
  if (settledMinor === null) return null;
  return netMinor + taxMinor === settledMinor && taxMinor === expectedTaxMinor;
}

function document(one: FeeInvoiceMonth): object {
  const money = (minor: bigint | null): string | null => (minor === null ? null : formatAmount(minor, one.currency));
  return {
    account: one.accountId,
    month: one.month,
    currency: one.currency,
    numbers: one.numbers,
    net: money(one.netMinor),
    tax: money(one.taxMinor),
    gross: money(one.netMinor + one.taxMinor),
    settled: money(one.settledMinor),
    expectedTax: money(one.expectedTaxMinor),
    rate: one.rate?.rate ?? null,
    label: one.rate?.label ?? null,
    agrees: agrees(one),
  };
}

function needed(input: Input, name: string, example: string): string {
  const value = text(input, name)?.trim() ?? "";
  if (value === "") throw new CliError("usage.invoice", `--${name} is needed`, { remedy: `add --${name} ${example}` });
  return value;
}

export const feesInvoice: CommandRow = {
  name: "fees invoice",
  summary: "enter what an invoice of Amazon Pay says of the fees of a month",
  description:
    "Keeps the totals of a fee invoice and compares them with the fees that the settlements of its month took: the sum with tax to the cent, and the tax by the rates in feeTax of the account. A difference becomes the exception fee.invoice. Several invoices of a month, and credit notes with amounts below zero, are compared together.",
  options: [
    { flags: "--period <month>", help: "month of the invoice: 2026-06" },
    { flags: "--net <amount>", help: "total without tax" },
    { flags: "--tax <amount>", help: "total of the tax; 0 under reverse charge" },
    { flags: "--currency <code>", help: "currency of the invoice" },
    { flags: "--number <text>", help: "number of the invoice" },
  ],
  examples: [
    [
      "apay fees invoice --period 2026-06 --net 30.34 --tax 5.76 --currency EUR --number DE-26-0001",
      "compared at once, and by every apay reconcile",
    ],
    [
      "apay fees invoice --period 2026-06 --net -1.00 --tax -0.19 --currency EUR --number DE-26-0002",
      "a credit note for the same month",
    ],
  ],
  run: (context, input) =>
    withBooks(context, async (open) => {
      const config = context.config();
      const invoice = await addFeeInvoice(open.books, {
        month: needed(input, "period", "2026-06"),
        net: needed(input, "net", "30.34"),
        tax: needed(input, "tax", "5.76"),
        currency: needed(input, "currency", "EUR"),
        number: needed(input, "number", "DE-26-0001"),
        timeZone: config.timeZone,
      });
      await open.reconcile({});
      const books = { ...open.books, accountId: invoice.accountId };
      const month = (await listFeeInvoices(books, feeTaxSettings(config))).find(
        (one) => one.month === invoice.month && one.currency === invoice.currency,
      );
      if (month === undefined) throw new TypeError("an invoice that was entered is not there");
      const agreed = agrees(month);
      if (context.json) context.document(document(month));
      else {
        const money = (minor: bigint): string => `${formatAmount(minor, month.currency)} ${month.currency}`;
        context.line(`invoice ${invoice.number} of ${invoice.month} is entered`);
        if (month.settledMinor === null)
          context.line(
            `the settlement reports do not reach the end of ${month.month} yet: it is compared when they do`,
          );
        else if (agreed === true) context.line(`it agrees with the settlements: ${money(month.settledMinor)} with tax`);
        else {
          const invoiced = `invoiced ${money(month.netMinor + month.taxMinor)}, of it tax ${money(month.taxMinor)}`;
          context.line(
            `${invoiced}; settled ${money(month.settledMinor)}, of it tax ${money(month.expectedTaxMinor ?? 0n)}: see apay exceptions list --code fee.invoice`,
          );
        }
      }
      return agreed === false ? EXIT.problems : EXIT.done;
    }),
};

export const feesInvoices: CommandRow = {
  name: "fees invoices",
  summary: "list fee invoices beside the fees that were settled",
  description:
    "For each month with fee invoices: what they say, what the settlements took, and the tax that is in it by the settings. A month whose reports are not complete is not compared yet.",
  examples: [["apay fees invoices", "each month with its invoices, and whether they agree"]],
  run: (context) =>
    withBooks(context, async ({ books }) => {
      const months = await listFeeInvoices(books, feeTaxSettings(context.config()));
      if (context.json) context.document({ invoices: months.map(document) });
      else if (months.length === 0) context.line("No fee invoice is entered: apay fees invoice enters one.");
      else {
        const amount = (title: string, pick: (one: FeeInvoiceMonth) => bigint | null) => ({
          title,
          align: "right" as const,
          value: (one: FeeInvoiceMonth) => {
            const minor = pick(one);
            return minor === null ? "" : formatAmount(minor, one.currency);
          },
        });
        context.table(months, [
          { title: "account", value: ({ accountId }) => accountId, spare: 2 },
          { title: "month", value: ({ month }) => month },
          { title: "invoices", value: ({ numbers }) => numbers.join(", "), wraps: true },
          { title: "cur", value: ({ currency }) => currency },
          amount("net", ({ netMinor }) => netMinor),
          amount("tax", ({ taxMinor }) => taxMinor),
          amount("gross", ({ netMinor, taxMinor }) => netMinor + taxMinor),
          amount("settled", ({ settledMinor }) => settledMinor),
          amount("tax expected", ({ expectedTaxMinor }) => expectedTaxMinor),
          {
            title: "verdict",
            value: (one) => ({ true: "agrees", false: "differs", null: "not complete" })[String(agrees(one)) as "true"],
            paint: (one, cell, paint) => (agrees(one) === false ? paint("red", cell) : cell),
          },
        ]);
      }
      return EXIT.done;
    }),
};

export const feesWithdraw: CommandRow = {
  name: "fees withdraw",
  summary: "take out a fee invoice that was entered by mistake",
  arguments: [{ name: "<number>", help: "number of the invoice" }],
  options: [{ flags: "--note <text>", help: "why (required)" }],
  examples: [['apay fees withdraw DE-26-0001 --note "of another business"', "it stays on record, with your name"]],
  run: (context, input) =>
    withBooks(context, async (open) => {
      const number = argument(input, 0);
      const note = text(input, "note")?.trim() ?? "";
      if (note === "")
        throw new CliError("usage.note", "a note is needed", { remedy: 'add --note "why it is withdrawn"' });
      await withdrawFeeInvoice(open.books, { number, note });
      await open.reconcile({});
      if (context.json) context.document({ number, withdrawn: true });
      else context.line(`invoice ${number} is withdrawn`);
      return EXIT.done;
    }),
};
