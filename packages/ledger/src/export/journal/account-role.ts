/** What an account of the bookkeeping stands for. The map of the user says which account that is. */
export const ACCOUNT_ROLES = [
  /** The balance that Amazon Pay owes: everything goes over it, and what is left is carried on. */
  "clearing",
  /** What Amazon Pay holds back. */
  "reserve",
  /** On its way to the bank. */
  "transit",
  /** What customers owe: captures pay it off, refunds bring it back. */
  "receivable",
  "refunds",
  "fees",
  "chargebacks",
  "adjustments",
  /** A negative balance that the merchant's card has paid. */
  "debt",
  /** Balances from the time before the books. */
  "opening",
  /** Where a settlement does not begin with what the one before it left. */
  "differences",
  /** Rows of a type that is not known. */
  "unknown",
  /** Differences that somebody has explained: what the bank took, */
  "bankFees",
  /** what a conversion made, */
  "exchangeDifferences",
  /** what is given up, */
  "writeOffs",
  /** and what Amazon Pay or the bank still owes. */
  "claims",
  /** Captured by the own records, and in no settlement yet when a month ended: accrued, and reversed on the next day. */
  "accrued",
  /** Value added tax in the fees, where the account's fee invoices have it. */
  "feeTax",
] as const;

/** One of {@link ACCOUNT_ROLES}. */
export type AccountRole = (typeof ACCOUNT_ROLES)[number];

/** Maps a role to a ledger account. `{account}` stands for the name of the merchant account. */
export type RoleAccounts = Readonly<Record<AccountRole, string>>;

/** The role of a row's amount by the type of the row; roles of balances are decided by {@link roleOf}. */
export const ROLE_OF_TYPE: Readonly<Record<string, AccountRole>> = {
  __proto__: null as never,
  capture: "receivable",
  refund: "refunds",
  chargeback: "chargebacks",
  "a-to-z-guarantee-claim": "chargebacks",
  dispute: "chargebacks",
  authorization: "fees",
  adjustment: "adjustments",
};
