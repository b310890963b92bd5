import type { FormatSettings } from "../format.ts";
import type { AccountRole, RoleAccounts } from "./account-role.ts";
import type { JournalEntry, Posting } from "./entry.ts";
import { type AccountForm, type AccountRule, checkedRules, type GivenAccounts } from "./given-accounts.ts";

/** Formats that have accounts of their own in the settings. */
export type AccountFormat = "beancount" | "hledger" | "datev" | "xero" | "quickbooks";

/** Where a posting goes. */
export interface ChartPlace {
  readonly account: string;
  /** Null where no tax code was given. */
  readonly taxCode: string | null;
  /** Null where no cost centre was given. */
  readonly costCentre: string | null;
  /** Null where no cost unit was given. */
  readonly costUnit: string | null;
}

/** A line of an entry as a format writes it. */
export interface ChartLine extends ChartPlace {
  readonly role: AccountRole;
  /** Above zero is a debit. */
  readonly minor: bigint;
}

/** What a posting is, as far as rules ask. */
type Asked = Pick<Posting, "role" | "type" | "store" | "tax">;

function fits(rule: AccountRule, { role, type, store, tax }: Asked, merchant: string): boolean {
  // The clearing account holds the balance as a whole: what is said of a type, a store or a tax does not part it.
  const parts = rule.type !== undefined || rule.store !== undefined || rule.tax !== undefined;
  if (role === "clearing" && parts) return false;
  return (
    (rule.role === undefined || rule.role === role) &&
    (rule.type === undefined || rule.type === type) &&
    (rule.store === undefined || rule.store === store) &&
    (rule.tax === undefined || rule.tax === tax) &&
    (rule.merchant === undefined || rule.merchant === merchant)
  );
}

type Roles = Readonly<Partial<Record<string, string>>>;

/** What is said of roles, without those that somebody else speaks of. */
function without(roles: Roles | undefined, others: Roles | undefined): Roles {
  return Object.fromEntries(Object.entries(roles ?? {}).filter(([role]) => others?.[role] === undefined));
}

/**
 * The chart of accounts of one export: the format's defaults, what the settings say for all formats, and what they say for
 * this one, each over the one before.
 *
 * @example
 * const chart = new Chart(NAMED_ACCOUNTS, job.settings, "xero", { pattern: /\S/, words: "an account code" });
 * for (const { account, taxCode, minor } of chart.lines(entry)) write(account, taxCode, minor);
 */
export class Chart {
  readonly #defaults: RoleAccounts;
  readonly #rules: readonly AccountRule[];
  /** How a merchant account is written in the name of an account. */
  readonly #shown: (accountId: string) => string;
  readonly #form: AccountForm;
  readonly #known = new Map<string, ChartPlace>();

  /**
   * @param format whose own accounts and tax codes hold; null for tables, which have those for all formats
   * @throws ExportError `export.account` for what the format cannot write, naming the key of the settings
   */
  constructor(
    defaults: RoleAccounts,
    settings: FormatSettings,
    format: AccountFormat | null,
    form: AccountForm,
    shown: (accountId: string) => string = (accountId) => accountId,
  ) {
    this.#defaults = defaults;
    this.#form = form;
    this.#shown = shown;
    // Names for one format are no numbers for another: what a format says itself is not asked of those for all.
    const own = format === null ? {} : (settings[format] ?? {});
    const general: GivenAccounts = {
      accounts: without(settings.accounts, own.accounts),
      byAccount: Object.fromEntries(
        Object.entries(settings.byAccount ?? {}).map(([merchant, roles]) => [
          merchant,
          without(without(roles, own.accounts), own.byAccount?.[merchant]),
        ]),
      ),
      taxCodes: without(settings.taxCodes, own.taxCodes),
      rules: settings.rules,
    };
    this.#rules = [
      ...checkedRules(general, "export", form),
      ...(format === null ? [] : checkedRules(own, `export.${format}`, form)),
    ];
  }

  /** Whether any tax code was given. */
  get hasTaxCodes(): boolean {
    return this.#rules.some(({ taxCode }) => taxCode !== undefined);
  }

  /** Whether any cost centre was given. */
  get hasCostCentres(): boolean {
    return this.#rules.some(({ costCentre }) => costCentre !== undefined);
  }

  /** Whether any cost unit was given. */
  get hasCostUnits(): boolean {
    return this.#rules.some(({ costUnit }) => costUnit !== undefined);
  }

  /** The account of a role with its tax code, cost centre and cost unit, for one merchant account. */
  placeOf(asked: Asked, accountId: string): ChartPlace {
    const key = `${asked.role}\u001f${asked.type ?? ""}\u001f${asked.store ?? ""}\u001f${asked.tax ?? ""}\u001f${accountId}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    let account = this.#defaults[asked.role];
    let taxCode: string | null = null;
    let costCentre: string | null = null;
    let costUnit: string | null = null;
    for (const rule of this.#rules) {
      if (!fits(rule, asked, accountId)) continue;
      account = rule.account ?? account;
      taxCode = rule.taxCode ?? taxCode;
      costCentre = rule.costCentre ?? costCentre;
      costUnit = rule.costUnit ?? costUnit;
    }
    const place = { account: account.replaceAll("{account}", this.#shown(accountId)), taxCode, costCentre, costUnit };
    this.#known.set(key, place);
    return place;
  }

  /** Where the program works the tax out of the gross amount by the tax code of the fees, tax that stands apart would be taken twice. */
  #asBooked(posting: Posting, accountId: string): Posting {
    if (posting.role !== "feeTax" || this.#form.taxFromCode !== true) return posting;
    const fees: Posting = { ...posting, role: "fees" };
    return this.placeOf(fees, accountId).taxCode === null ? posting : fees;
  }

  /**
   * The postings of an entry on their accounts: one line for each role, account, tax code and costs, without those that move
   * nothing.
   */
  lines({ accountId, postings }: Pick<JournalEntry, "accountId" | "postings">): readonly ChartLine[] {
    const lines = new Map<string, ChartLine>();
    for (const posting of postings) {
      const booked = this.#asBooked(posting, accountId);
      const { role, minor } = booked;
      const place = this.placeOf(booked, accountId);
      const { account, taxCode, costCentre, costUnit } = place;
      const key = [role, account, taxCode ?? "", costCentre ?? "", costUnit ?? ""].join("\u001f");
      lines.set(key, { role, ...place, minor: minor + (lines.get(key)?.minor ?? 0n) });
    }
    return [...lines.values()].filter(({ minor }) => minor !== 0n);
  }
}
