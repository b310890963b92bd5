import { formatAmount } from "@amazon-pay-kit/money";
import type { StatementBalance, StatementNote, StatementStart } from "../events.ts";

/** More statements than these are not compared. */
const MOST_STATEMENTS = 10_000;

interface Span {
  readonly line: number;
  readonly file: string | null;
  readonly opening: StatementBalance;
  readonly closing: StatementBalance;
}

const same = (left: StatementBalance, right: StatementBalance): boolean =>
  left.minor === right.minor && left.currency === right.currency;

const shown = ({ minor, currency }: StatementBalance): string => `${formatAmount(minor, currency)} ${currency}`;

/**
 * The statements of each account in one file. Each opens with what the one before it closed with; where that is not so, one between
 * them is missing. Files that have the newest statement first are read in that order, and copies of a statement say nothing new.
 */
export class StatementChain {
  readonly #spans = new Map<string, Span[]>();
  #count = 0;

  add({ account, line, file, format, opening, closing }: StatementStart): void {
    if (opening === null || closing === null || this.#count >= MOST_STATEMENTS) return;
    this.#count += 1;
    const key = `${format} ${account ?? ""} ${opening.currency}`;
    const spans = this.#spans.get(key) ?? [];
    this.#spans.set(key, spans);
    if (spans.some((span) => same(span.opening, opening) && same(span.closing, closing))) return;
    spans.push({ line, file, opening, closing });
  }

  /** A note for each account whose statements do not follow from each other. */
  *gaps(): Generator<StatementNote, void, void> {
    for (const spans of this.#spans.values()) {
      const gap = gapIn(spans);
      const backwards = gapIn(spans.toReversed());
      if (gap === null || backwards === null) continue;
      const [before, after] = gap;
      const message =
        `the statement of line ${after.line} opens with ${shown(after.opening)}, and the one before it (line ${before.line}) closes with ` +
        `${shown(before.closing)}: a statement or a page between them may be missing`;
      yield { type: "note", line: after.line, file: after.file, code: "balance-gap", message };
    }
  }
}

function gapIn(spans: readonly Span[]): readonly [before: Span, after: Span] | null {
  for (const [at, after] of spans.entries()) {
    const before = spans[at - 1];
    if (before !== undefined && !same(before.closing, after.opening)) return [before, after];
  }
  return null;
}
