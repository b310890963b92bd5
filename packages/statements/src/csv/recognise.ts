import { plainName, type TableRow } from "@amazon-pay-kit/tabular";
import { UnusableStatementError } from "../errors.ts";
import type { BankLayout } from "./layout.ts";
import { BANK_LAYOUTS } from "./layouts/index.ts";

const SIGNATURES: ReadonlyMap<BankLayout, readonly string[]> = new Map(
  BANK_LAYOUTS.map((layout) => [layout, layout.header.map((name) => plainName(name))]),
);

function namesOf(row: TableRow): ReadonlySet<string> {
  return new Set(row.cells.map((cell) => plainName(cell)));
}

function has(names: ReadonlySet<string>, layout: BankLayout): boolean {
  const signature = SIGNATURES.get(layout) ?? layout.header.map((name) => plainName(name));
  return signature.length > 0 && signature.every((name) => names.has(name));
}

/** Whether a row has all the column names of a layout. */
export function hasHeader(row: TableRow, layout: BankLayout): boolean {
  return has(namesOf(row), layout);
}

/**
 * The layout whose header a row is: of several, the one with the most names. Two with as many that are not one bank's would be a
 * guess, and the tests of the table do not let them be.
 */
export function layoutOf(row: TableRow): BankLayout | null {
  const names = namesOf(row);
  let best: BankLayout | null = null;
  for (const layout of BANK_LAYOUTS) {
    if (layout.named === true || layout.header.length <= (best?.header.length ?? 0)) continue;
    if (has(names, layout)) best = layout;
  }
  return best;
}

/** The layout that a person names. @throws UnusableStatementError `option.invalid` */
export function layoutNamed(name: string): BankLayout {
  const wanted = name.trim().toLowerCase();
  const found = BANK_LAYOUTS.find((layout) => layout.name === wanted);
  if (found !== undefined) return found;
  const near = BANK_LAYOUTS.filter((layout) => layout.name.startsWith(wanted.split("-")[0] ?? wanted));
  const few = (near.length === 0 ? BANK_LAYOUTS : near).map((layout) => layout.name);
  const message = `there is no bank layout ${JSON.stringify(name)}: --bank takes ${few.join(", ")}`;
  throw new UnusableStatementError("option.invalid", message, { option: "--bank" });
}
