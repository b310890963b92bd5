import type { SettlementDetail } from "@amazon-pay-kit/ledger";
import type { WaterfallStep } from "../charts/waterfall.tsx";
import type { PlainText } from "../locales/texts.ts";

/** A step from opening to closing balance. */
export interface BalanceStep {
  readonly word: PlainText;
  readonly kind: WaterfallStep["kind"];
  readonly minor: bigint;
  /** Which rows are behind it; all of them where it is not of one type. */
  readonly type?: string;
  /** Stands beside the balance instead of changing it. */
  readonly standing?: boolean;
}

/** Which rows stand behind each step; what no step names is "other". */
const STEPS = [
  { word: "step captures", type: "capture" },
  { word: "step refunds", type: "refund" },
] as const;

const OF_ITS_OWN = new Set<string>([...STEPS.map(({ type }) => type), "reserve", "carryover", "transfer"]);

/**
 * The steps from opening to closing balance. They add up exactly: captures, refunds and the rest are gross, the fees of all rows are
 * one step, and what the verdict holds (opening, transfer, closing) is taken from it. Last the part of the closing that is held in reserve.
 */
export function balanceSteps(detail: SettlementDetail): readonly BalanceStep[] {
  const gross = (isIn: (typeKey: string) => boolean): bigint =>
    detail.parts.filter((part) => isIn(part.typeKey)).reduce((sum, part) => sum + part.amountMinor, 0n);
  const other = gross((typeKey) => !OF_ITS_OWN.has(typeKey));
  const change = (word: PlainText, minor: bigint, type?: string): BalanceStep => ({
    word,
    minor,
    kind: minor > 0n ? "in" : "out",
    ...(type === undefined ? {} : { type }),
  });
  return [
    { word: "step opening", kind: "total", minor: detail.openingMinor },
    ...STEPS.map(({ word, type }) =>
      change(
        word,
        gross((typeKey) => typeKey === type),
        type,
      ),
    ),
    ...(other === 0n ? [] : [change("step other", other)]),
    change("step fees", detail.feesMinor),
    // A balance below zero is taken from card or bank: nothing is paid out.
    detail.transferMinor > 0n
      ? change("step collected", detail.transferMinor)
      : change("step transfer", detail.transferMinor, "transfer"),
    { word: "step closing", kind: "total", minor: detail.closingMinor },
    // The reserve is a part of the closing balance, not one more change: it stands beside it, from zero.
    ...(detail.reserveMinor === 0n
      ? []
      : [
          {
            word: "step reserve",
            kind: "hold",
            minor: -detail.reserveMinor,
            type: "reserve",
            standing: true,
          } as const,
        ]),
  ];
}
