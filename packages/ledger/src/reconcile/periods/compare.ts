import type { PeriodDocument, PeriodFigures, PeriodFile, PeriodTransfer, PeriodType } from "./document.ts";

/** A figure of a closed month that the books now give otherwise. */
export interface PeriodDifference {
  readonly currency: string;
  /** `closing balance`, `capture amount`, `transfer 5984862222`. */
  readonly figure: string;
  /** As it was closed, and as it is now; null where it was not or is no longer there. */
  readonly before: string | null;
  readonly now: string | null;
}

/** How the books differ from what was frozen of a month. */
export interface PeriodChange {
  readonly differences: readonly PeriodDifference[];
  /** Files that were not behind the month when it was closed, and those that no longer are. */
  readonly added: readonly PeriodFile[];
  readonly gone: readonly PeriodFile[];
}

type Named = ReadonlyMap<string, string | null>;

function typeFigures({ type, count, amount, fees, net }: PeriodType): [string, string][] {
  return [
    [`${type} amount`, amount],
    [`${type} fees`, fees],
    [`${type} net`, net],
    [`${type} count`, String(count)],
  ];
}

function transferFigures({ settlementId, amount, deposits }: PeriodTransfer): [string, string][] {
  return [
    [`transfer ${settlementId}`, amount],
    [
      `deposits of ${settlementId}`,
      deposits.map((one) => `${one.bookedAt} ${one.amount} ${one.currency}`).join(", ") || "none",
    ],
  ];
}

/** Several transfers of one settlement are told apart by their number. */
function transfersOf(transfers: readonly PeriodTransfer[]): [string, string][] {
  const seen = new Map<string, number>();
  return transfers.flatMap((transfer) => {
    const number = (seen.get(transfer.settlementId) ?? 0) + 1;
    seen.set(transfer.settlementId, number);
    const settlementId = number === 1 ? transfer.settlementId : `${transfer.settlementId} (${number})`;
    return transferFigures({ ...transfer, settlementId });
  });
}

/** The figures of a month by their names. Exceptions are not among them: that one is explained later changes no figure. */
function named(figures: PeriodFigures | undefined): Named {
  if (figures === undefined) return new Map();
  const { opening, closing, unsettled } = figures;
  return new Map<string, string | null>([
    ["opening balance", opening.balance],
    ["opening reserve", opening.reserve],
    ["opening transit", opening.transit],
    ["closing balance", closing.balance],
    ["closing reserve", closing.reserve],
    ["closing transit", closing.transit],
    ...figures.types.flatMap(typeFigures),
    ...transfersOf(figures.transfers),
    ["unsettled sales", unsettled.sales.amount],
    ["unsettled sales count", String(unsettled.sales.count)],
    ["unsettled refunds", unsettled.refunds.amount],
    ["unsettled refunds count", String(unsettled.refunds.count)],
  ]);
}

/** A currency in which nothing ever happened is the same as one that is not there. */
const NOTHING = /^-?0(\.0+)?$/;

function differ(then: string | null, now: string | null): boolean {
  if (then === now) return false;
  return !(
    (then === null && now !== null && NOTHING.test(now)) ||
    (now === null && then !== null && NOTHING.test(then))
  );
}

/** Compares what was frozen of a month with what the books give for it now. */
export function compareMonth(then: PeriodDocument, now: PeriodDocument): PeriodChange {
  const currencies = new Set([...then.figures, ...now.figures].map(({ currency }) => currency));
  const differences = [...currencies].sort().flatMap((currency) => {
    const before = named(then.figures.find((one) => one.currency === currency));
    const after = named(now.figures.find((one) => one.currency === currency));
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((figure): PeriodDifference[] => {
      const [was, is] = [before.get(figure) ?? null, after.get(figure) ?? null];
      return differ(was, is) ? [{ currency, figure, before: was, now: is }] : [];
    });
  });
  const hashes = (files: readonly PeriodFile[]): ReadonlySet<string> => new Set(files.map(({ hash }) => hash));
  const [kept, present] = [hashes(then.files), hashes(now.files)];
  return {
    differences,
    added: now.files.filter(({ hash }) => !kept.has(hash)),
    gone: then.files.filter(({ hash }) => !present.has(hash)),
  };
}
