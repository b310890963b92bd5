import { ExportError } from "../errors.ts";
import { ACCOUNT_ROLES, type AccountRole } from "./account-role.ts";

/**
 * Where postings go that have something in common. What a rule leaves out fits everything; what it says of account, tax
 * code and costs holds for all that fits it. Of several rules the last one that fits and says something of it decides.
 *
 * @example
 * const rules: AccountRule[] = [
 *   { role: "fees", type: "chargeback", account: "4971", taxCode: "9" },
 *   { store: "Outlet", costCentre: "200" },
 * ];
 */
export interface AccountRule {
  /** Role of the posting. */
  readonly role?: string | undefined;
  /** Type of the row as `apay fees` names it, in small letters: `capture`, `refund`, `a-to-z-guarantee-claim`. */
  readonly type?: string | undefined;
  /** Name of the store, as the settlement report has it. */
  readonly store?: string | undefined;
  /** Merchant account, as `--account` names it. */
  readonly merchant?: string | undefined;
  /** Label of the VAT in the fees: `standard`, `reverse-charge`, or what `feeTax` of the account calls it. */
  readonly tax?: string | undefined;
  /** Account of the bookkeeping. */
  readonly account?: string | undefined;
  /** Tax code of the format: a BU key for DATEV, the name of a tax rate for Xero. */
  readonly taxCode?: string | undefined;
  /** Cost centre: KOST1 for DATEV, the class for QuickBooks, an option of the first tracking category for Xero. */
  readonly costCentre?: string | undefined;
  /** Cost unit: KOST2 for DATEV, the location for QuickBooks, an option of the second tracking category for Xero. */
  readonly costUnit?: string | undefined;
}

/** Accounts and tax codes as the user gives them: for all merchant accounts, for single ones, and by rules. */
export interface GivenAccounts {
  readonly accounts?: Readonly<Partial<Record<string, string>>> | undefined;
  readonly byAccount?: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>> | undefined;
  /** Tax codes by role. */
  readonly taxCodes?: Readonly<Partial<Record<string, string>>> | undefined;
  readonly rules?: readonly AccountRule[] | undefined;
}

/** What a format takes for the name or the number of an account, and for a tax code. */
export interface AccountForm {
  readonly pattern: RegExp;
  readonly words: string;
  /** Default: any text. */
  readonly taxCode?: { readonly pattern: RegExp; readonly words: string };
  /** What it takes for a cost centre and a cost unit. Default: any text. */
  readonly cost?: { readonly pattern: RegExp; readonly words: string };
  /** Whether the program works the tax out of gross amounts by their tax code. Default `false`. */
  readonly taxFromCode?: boolean;
}

const ANY_TEXT = { pattern: /\S/, words: "a text" };

/** @throws ExportError `export.account` */
function checkRole(role: string, key: string): void {
  if ((ACCOUNT_ROLES as readonly string[]).includes(role)) return;
  throw new ExportError("export.account", `${key}: there is no account ${role}: there are ${ACCOUNT_ROLES.join(", ")}`);
}

function checkAccount(name: string, key: string, form: AccountForm): void {
  if (form.pattern.test(name.replaceAll("{account}", "A"))) return;
  throw new ExportError("export.account", `${key}: ${JSON.stringify(name)} is no account here: expected ${form.words}`);
}

function checkTaxCode(code: string, key: string, { taxCode = ANY_TEXT }: AccountForm): void {
  if (taxCode.pattern.test(code)) return;
  throw new ExportError(
    "export.account",
    `${key}: ${JSON.stringify(code)} is no tax code here: expected ${taxCode.words}`,
  );
}

function checkCost(value: string, key: string, { cost = ANY_TEXT }: AccountForm): void {
  if (cost.pattern.test(value)) return;
  throw new ExportError("export.account", `${key}: ${JSON.stringify(value)} is none here: expected ${cost.words}`);
}

function rulesOfRoles(
  given: Readonly<Partial<Record<string, string>>>,
  key: string,
  form: AccountForm,
  merchant?: string,
): AccountRule[] {
  return Object.entries(given).flatMap(([role, account]): AccountRule[] => {
    checkRole(role, `${key}.${role}`);
    if (account === undefined) return [];
    checkAccount(account, `${key}.${role}`, form);
    return [{ role: role as AccountRole, account, ...(merchant === undefined ? {} : { merchant }) }];
  });
}

/** The key that a member of a rule stands under, as messages name it. */
function checkedRule(rule: AccountRule, key: string, form: AccountForm): AccountRule {
  const { role, type, account, taxCode, costCentre, costUnit } = rule;
  if (role !== undefined) checkRole(role, `${key}.role`);
  if (type !== undefined && !/^[a-z][a-z0-9-]*$/.test(type)) {
    throw new ExportError(
      "export.account",
      `${key}.type: ${JSON.stringify(type)} is no type of a row: expected small letters, such as a-to-z-guarantee-claim`,
    );
  }
  if ([account, taxCode, costCentre, costUnit].every((given) => given === undefined)) {
    throw new ExportError(
      "export.account",
      `${key}: the rule names nothing that holds then: an account, a taxCode, a costCentre or a costUnit`,
    );
  }
  if (role === undefined && account !== undefined) {
    throw new ExportError(
      "export.account",
      `${key}.role: a rule with an account needs the role that it is for: without one, both sides of an entry would go there`,
    );
  }
  if (role === "clearing" && [type, rule.store, rule.tax].some((given) => given !== undefined)) {
    throw new ExportError(
      "export.account",
      `${key}: the clearing account holds the balance of a merchant account as a whole: it cannot differ by type, store or tax`,
    );
  }
  if (account !== undefined) checkAccount(account, `${key}.account`, form);
  if (taxCode !== undefined) checkTaxCode(taxCode, `${key}.taxCode`, form);
  if (costCentre !== undefined) checkCost(costCentre, `${key}.costCentre`, form);
  if (costUnit !== undefined) checkCost(costUnit, `${key}.costUnit`, form);
  return rule;
}

/**
 * Everything that one place of the settings says of accounts and tax codes, as rules in the order in which they hold.
 *
 * @param key where it stands, for messages: `export.datev`
 * @throws ExportError `export.account`, naming the key
 */
export function checkedRules(given: GivenAccounts, key: string, form: AccountForm): readonly AccountRule[] {
  const codes = Object.entries(given.taxCodes ?? {}).flatMap(([role, taxCode]): AccountRule[] => {
    checkRole(role, `${key}.taxCodes.${role}`);
    if (taxCode === undefined) return [];
    checkTaxCode(taxCode, `${key}.taxCodes.${role}`, form);
    return [{ role, taxCode }];
  });
  return [
    ...rulesOfRoles(given.accounts ?? {}, `${key}.accounts`, form),
    ...Object.entries(given.byAccount ?? {}).flatMap(([merchant, roles]) =>
      rulesOfRoles(roles, `${key}.byAccount.${merchant}`, form, merchant),
    ),
    ...codes,
    ...(given.rules ?? []).map((rule, index) => checkedRule(rule, `${key}.rules[${index}]`, form)),
  ];
}
