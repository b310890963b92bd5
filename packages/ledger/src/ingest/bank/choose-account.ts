import { BankError } from "./errors.ts";
import type { FileLines } from "./lines-of-file.ts";
import { plainAccount, sameAccount } from "./statement-line.ts";

/** What of a file is of the account that is meant. */
export interface ChosenLines extends FileLines {
  readonly bankAccount: string | null;
  /** Lines of other accounts, which are left out, by account. */
  readonly leftOut: Readonly<Record<string, number>>;
}

function distinct(accounts: Iterable<string | null>): readonly string[] {
  const found: string[] = [];
  for (const account of accounts)
    if (account !== null && !found.some((known) => sameAccount(known, account))) found.push(account);
  return found;
}

function accountsOf(file: FileLines): readonly string[] {
  return distinct([...file.lines, ...file.problems].map(({ bankAccount }) => bankAccount));
}

/** Whether something is of an account; what names none is. */
const isOf = (account: string | null) => (one: { readonly bankAccount: string | null }) =>
  account === null || one.bankAccount === null || sameAccount(one.bankAccount, account);

function only(file: FileLines, account: string | null): ChosenLines {
  const mine = isOf(account);
  const leftOut: Record<string, number> = {};
  for (const { bankAccount } of file.lines.filter((line) => !mine(line)))
    if (bankAccount !== null) leftOut[bankAccount] = (leftOut[bankAccount] ?? 0) + 1;
  return {
    ...file,
    lines: file.lines.filter(mine),
    problems: file.problems.filter(mine),
    accepted: file.accepted.filter(mine),
    bankAccount: account,
    leftOut,
  };
}

/**
 * The part of a file that is of one bank account: the one that was named, else the only one, else the one that the books know
 * already. Lines of others are counted.
 *
 * @param known bank accounts of the statements before
 * @throws BankError `bank.other-account`, `bank.several-accounts`
 */
export function chooseAccount(file: FileLines, named: string | undefined, known: readonly string[]): ChosenLines {
  const accounts = accountsOf(file);
  if (named !== undefined) {
    const account = plainAccount(named);
    const chosen = only(file, account);
    if (chosen.lines.length + chosen.problems.length > 0 || accounts.length === 0) return chosen;
    throw new BankError(
      "bank.other-account",
      `no statement of the file is of the account ${account}: it is of ${accounts.join(", ")}; nothing was taken in`,
      { option: "--bank-account", choices: accounts },
    );
  }
  const [first] = accounts;
  if (accounts.length <= 1) return only(file, first ?? null);
  const [mine, ...others] = accounts.filter((account) => known.some((one) => sameAccount(one, account)));
  if (mine !== undefined && others.length === 0) return only(file, mine);
  throw new BankError(
    "bank.several-accounts",
    `the file has statements of ${accounts.join(", ")}: say which account is meant with --bank-account; nothing was taken in`,
    { option: "--bank-account", choices: accounts },
  );
}
