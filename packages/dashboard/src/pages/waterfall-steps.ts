import type { SettlementDetail } from "@amazon-pay-kit/ledger";
import type { WaterfallStep } from "../charts/waterfall.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { word, type Word } from "../layout/words.ts";

/** Which rows stand behind each step; what no step names is "other". */
const STEPS: readonly {
  readonly word: Word;
  readonly kind: WaterfallStep["kind"];
  readonly types: readonly string[];
}[] = [
  { word: "captures", kind: "in", types: ["capture"] },
  { word: "refunds", kind: "out", types: ["refund"] },
];

const BALANCE_TYPES = new Set(["reserve", "carryover", "transfer"]);

/**
 * The steps from opening to closing balance. They add up exactly: captures, refunds and the rest are gross, the fees of all rows are
 * one step, and what the verdict holds (opening, transfer, closing) is taken from it. Last the part of the closing that is held in reserve.
 */
export function waterfallSteps(detail: SettlementDetail, frame: Frame): readonly WaterfallStep[] {
  const { locale } = frame.format;
  const rows = (type?: string): string =>
    linkTo({ ...frame, account: detail.accountId }, `/settlements/${encodeURIComponent(detail.settlementId)}`, {
      currency: detail.currency,
      type,
    });
  const step = (name: Word, kind: WaterfallStep["kind"], minor: bigint, type?: string): WaterfallStep => ({
    label: word(name, locale),
    kind,
    minor,
    text: frame.format.amount(minor, detail.currency),
    href: `${rows(type)}#rows`,
  });
  const named = STEPS.map(({ word: name, kind, types }) => {
    const minor = detail.parts
      .filter((part) => types.includes(part.typeKey))
      .reduce((sum, part) => sum + part.amountMinor, 0n);
    return step(name, kind, minor, types[0]);
  });
  const known = new Set(STEPS.flatMap(({ types }) => types));
  const other = detail.parts
    .filter((part) => !known.has(part.typeKey) && !BALANCE_TYPES.has(part.typeKey))
    .reduce((sum, part) => sum + part.amountMinor, 0n);
  const changes = [
    ...named,
    ...(other === 0n ? [] : [step("other", other < 0n ? "out" : "in", other)]),
    step("fee total", "out", detail.feesMinor),
    step("transfer", "out", detail.transferMinor, "transfer"),
  ];
  // The reserve is a part of the closing balance, not one more change: it stands beside it, from zero.
  const held =
    detail.reserveMinor === 0n ? [] : [{ ...step("reserve", "hold", -detail.reserveMinor, "reserve"), standing: true }];
  return [
    step("opening", "total", detail.openingMinor),
    ...changes,
    step("closing", "total", detail.closingMinor),
    ...held,
  ];
}
