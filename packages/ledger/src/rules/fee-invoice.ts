import type { Rule } from "./rule.ts";

/** The invoices of a month say of its fees what the settlements say, and have the tax that the settings say is in them. */
export const feeInvoice = {
  code: "fee.invoice",
  severity: "error",
  rule: "Fee invoices come to the fees of their month, with the tax that the settings have",
  amount: "invoiced minus settled fees, tax included; where they agree, invoiced minus expected tax",
  remedy:
    "Compare with apay fees invoices; correct the rate in feeTax of the account, enter the invoice that is missing, or ask Amazon Pay for a corrected one",
  messages: {
    "fee.invoice": "invoices {numbers} of {month}: {invoiced} {currency} with tax, the settlements took {settled}",
    "fee.invoice.tax":
      "invoices {numbers} of {month}: {tax} {currency} of tax in {invoiced}, by the settings it is {expected} ({rate})",
  },
} as const satisfies Rule;
