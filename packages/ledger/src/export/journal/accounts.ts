import { ExportError } from "../errors.ts";
import { ACCOUNT_ROLES, type AccountMap, type AccountRole, type RoleAccounts } from "./account-role.ts";

/** Accounts of the plain-text ledgers. */
export const TEXT_ACCOUNTS: RoleAccounts = {
  clearing: "Assets:AmazonPay:{account}:Clearing",
  reserve: "Assets:AmazonPay:{account}:Reserve",
  transit: "Assets:AmazonPay:{account}:InTransit",
  receivable: "Assets:Receivable",
  refunds: "Assets:Receivable",
  fees: "Expenses:AmazonPay:Fees",
  chargebacks: "Expenses:AmazonPay:Chargebacks",
  adjustments: "Expenses:AmazonPay:Adjustments",
  debt: "Liabilities:AmazonPay:{account}:Debt",
  opening: "Equity:OpeningBalances",
  differences: "Equity:AmazonPay:Differences",
  unknown: "Expenses:AmazonPay:Unknown",
  bankFees: "Expenses:BankFees",
  exchangeDifferences: "Expenses:ExchangeDifferences",
  writeOffs: "Expenses:AmazonPay:WriteOffs",
  claims: "Assets:AmazonPay:{account}:Claims",
};

/** Accounts by their names, for programs that find them so. */
export const NAMED_ACCOUNTS: RoleAccounts = {
  clearing: "Amazon Pay clearing",
  reserve: "Amazon Pay reserve",
  transit: "Amazon Pay in transit",
  // The same as in the other formats: what customers owe. Sales are booked by the shop's invoices, not by the payment.
  receivable: "Accounts Receivable",
  refunds: "Accounts Receivable",
  fees: "Amazon Pay fees",
  chargebacks: "Amazon Pay chargebacks",
  adjustments: "Amazon Pay adjustments",
  debt: "Amazon Pay debt",
  opening: "Opening balance",
  differences: "Amazon Pay differences",
  unknown: "Suspense",
  bankFees: "Bank fees",
  exchangeDifferences: "Exchange differences",
  writeOffs: "Amazon Pay write-offs",
  claims: "Amazon Pay claims",
};

/** German standard charts of accounts. A choice, to be replaced by the accountant's: see decisions/0050-exports.md. */
export const GERMAN_ACCOUNTS: Readonly<Record<"skr03" | "skr04", RoleAccounts>> = {
  skr03: {
    clearing: "1500",
    reserve: "1501",
    transit: "1360",
    receivable: "1400",
    refunds: "1400",
    fees: "4970",
    chargebacks: "1400",
    adjustments: "4900",
    debt: "1361",
    opening: "9000",
    differences: "1590",
    unknown: "1590",
    bankFees: "4970",
    exchangeDifferences: "2150",
    writeOffs: "2400",
    claims: "1502",
  },
  skr04: {
    clearing: "1300",
    reserve: "1301",
    transit: "1460",
    receivable: "1200",
    refunds: "1200",
    fees: "6855",
    chargebacks: "1200",
    adjustments: "6300",
    debt: "1461",
    opening: "9000",
    differences: "1370",
    unknown: "1370",
    bankFees: "6855",
    exchangeDifferences: "6880",
    writeOffs: "6930",
    claims: "1302",
  },
};

/** Accounts as the user gives them: for all merchant accounts, and for single ones. */
export interface GivenAccounts {
  readonly accounts?: Readonly<Partial<Record<string, string>>> | undefined;
  readonly byAccount?: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>> | undefined;
}

/** What a format takes for the name or the number of an account. */
interface AccountForm {
  readonly pattern: RegExp;
  readonly words: string;
}

function checked(given: Readonly<Partial<Record<string, string>>>, form: AccountForm): Partial<RoleAccounts> {
  const map: Partial<Record<AccountRole, string>> = {};
  for (const [role, name] of Object.entries(given)) {
    if (!(ACCOUNT_ROLES as readonly string[]).includes(role)) {
      throw new ExportError("export.account", `there is no account ${role}: there are ${ACCOUNT_ROLES.join(", ")}`);
    }
    if (name === undefined) continue;
    if (!form.pattern.test(name.replaceAll("{account}", "A"))) {
      throw new ExportError(
        "export.account",
        `${JSON.stringify(name)} for ${role} is no account here: expected ${form.words}`,
      );
    }
    map[role as AccountRole] = name;
  }
  return map;
}

/**
 * The accounts of a format with those of the user over them.
 *
 * @throws ExportError `export.account` for a role that there is not, or a name that the format cannot write
 */
export function accountMap(defaults: RoleAccounts, given: GivenAccounts, form: AccountForm): AccountMap {
  const single = Object.entries(given.byAccount ?? {}).map(
    ([account, roles]) => [account, checked(roles, form)] as const,
  );
  return { ...defaults, ...checked(given.accounts ?? {}, form), byAccount: Object.fromEntries(single) };
}

/**
 * The account of a role for one merchant account.
 *
 * @param shown how the merchant account is written in a name. Default: as it is called
 */
export function accountName(map: AccountMap, role: AccountRole, accountId: string, shown = accountId): string {
  const own = Object.hasOwn(map.byAccount ?? {}, accountId) ? map.byAccount?.[accountId]?.[role] : undefined;
  return (own ?? map[role]).replaceAll("{account}", shown);
}
