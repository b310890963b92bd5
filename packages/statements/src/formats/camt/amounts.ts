import { isIsoCurrency, KitError, MoneyError, readAmount, readDate } from "@amazon-pay-kit/money";
import type { StatementBalance, StatementProblemCode } from "../../events.ts";
import type { CamtPart, Leaf } from "./elements.ts";

/** Why a part cannot be read. */
export class CamtFault extends KitError {
  readonly code: StatementProblemCode;

  constructor(code: StatementProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The first leaf with one of the paths, by their order. */
export function leafAt(leaves: readonly Leaf[], ...paths: readonly string[]): Leaf | undefined {
  for (const path of paths) {
    const leaf = leaves.find((one) => one.path === path && (one.text !== "" || one.currency !== undefined));
    if (leaf !== undefined) return leaf;
  }
  return undefined;
}

/** An amount of the schema: digits and a point, never a sign. */
export function sizeOf(leaf: Leaf | undefined, currency: string): StatementBalance {
  const code = leaf?.currency ?? currency;
  if (leaf === undefined || leaf.text === "") throw new CamtFault("line.amount", "there is no amount (Amt)");
  if (code === "")
    throw new CamtFault("line.currency", "the amount has no currency (Ccy), and neither has the account");
  if (!isIsoCurrency(code)) {
    throw new CamtFault(
      "line.currency",
      `unknown currency ${JSON.stringify(code)}: expected an ISO 4217 code such as EUR`,
    );
  }
  if (!/^(?:\d+\.?\d*|\.\d+)$/.test(leaf.text)) {
    const shown = JSON.stringify(leaf.text.slice(0, 40));
    const why = /^[+-]/.test(leaf.text)
      ? "it has a sign, and the direction is CdtDbtInd"
      : "expected digits and a point";
    throw new CamtFault("line.amount", `cannot read ${shown} as an amount in ${code}: ${why}`);
  }
  try {
    return { minor: readAmount(leaf.text, { currency: code, decimal: ".", openEnd: true }).minor, currency: code };
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new CamtFault("line.amount", error.message);
  }
}

/** An amount with its direction, below zero for a debit. */
export function signedAmount(part: Pick<CamtPart, "leaves" | "brokenAmount">, currency: string): StatementBalance {
  if (part.brokenAmount) throw new CamtFault("line.amount", "an element stands inside an amount (Amt)");
  const { minor, currency: code } = sizeOf(leafAt(part.leaves, "Amt"), currency);
  const mark = leafAt(part.leaves, "CdtDbtInd")?.text;
  if (mark !== "CRDT" && mark !== "DBIT") {
    throw new CamtFault(
      "line.direction",
      `${mark === undefined ? "CdtDbtInd is missing" : `CdtDbtInd is ${JSON.stringify(mark)}`}: expected CRDT or DBIT`,
    );
  }
  return { minor: mark === "CRDT" ? minor : -minor, currency: code };
}

/** A day of the schema, `2026-10-05`, with or without time and zone. */
export function dayOf(leaf: Leaf | undefined, what: string): string {
  const text = leaf?.text ?? "";
  try {
    if (/^\d{4}-\d{2}-\d{2}(?:$|[TZ+-])/.test(text)) return readDate(text.slice(0, 10)).day;
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new CamtFault("line.date", `cannot read ${what} ${JSON.stringify(text)}: ${error.message}`);
  }
  throw new CamtFault(
    "line.date",
    text === ""
      ? `there is no ${what}`
      : `cannot read ${what} ${JSON.stringify(text)}: expected a day such as 2026-10-05`,
  );
}
