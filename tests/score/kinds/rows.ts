import { DAY } from "../calendar.ts";
import type { Kind, Site } from "../inject.ts";
import type { Sale } from "../account.ts";
import { type Movement, netOf } from "../movements.ts";

/** A sale that stands for itself, to be made wrong. */
function sale(site: Site): Sale {
  const one = site.account.sell(site.week());
  site.touch(one.capture.transactionId, one.capture.order);
  return one;
}

function rowKind(kind: string, spoil: (site: Site, one: Sale) => void, more: Partial<Kind> = {}): Kind {
  return { kind, what: "trouble", ...more, inject: (site) => spoil(site, sale(site)) };
}

const of = (row: Movement): { readonly transactionId: string } => ({ transactionId: row.transactionId });

export const ROW_KINDS: readonly Kind[] = [
  rowKind("a percentage fee too high", (site, { capture }) => {
    const more = BigInt(site.integer(20, 300));
    capture.percentage -= more;
    site.expect({ code: "fee.mismatch", amount: -more, ...of(capture) });
  }),
  rowKind("a fixed fee too high", (site, { capture }) => {
    const more = BigInt(site.integer(5, 40));
    capture.fixed -= more;
    site.expect({ code: "fee.mismatch", amount: -more, ...of(capture) });
  }),
  rowKind("a fee that a refund does not give back", (site, one) => {
    const { row } = site.account.giveBack(one, {
      week: site.week(),
      amount: one.capture.amount,
      at: one.capture.at + 3_600_000,
    });
    site.touch(row.transactionId);
    site.expect({ code: "fee.mismatch", amount: -row.percentage, ...of(row) });
    row.percentage = 0n;
  }),
  rowKind("a total fee that is not the sum of its parts", (site, { capture }) => {
    const off = BigInt(site.integer(10, 90));
    capture.written = { fee: capture.percentage + capture.fixed - off };
    site.expect({ code: "row.fee-sum", ...of(capture) }, { code: "row.net", optional: true, ...of(capture) });
  }),
  rowKind("a net amount that is not the sum of its parts", (site, { capture }) => {
    const off = BigInt(site.integer(10, 90));
    const net = capture.amount + capture.percentage + capture.fixed;
    capture.written = { net: net + off };
    site.expect(
      { code: "row.net", amount: off, ...of(capture) },
      { code: "settlement.roll-forward", optional: true, settlementId: site.week().settlementId },
    );
  }),
  rowKind("a row outside its window", (site, { capture, record }) => {
    capture.at = site.week().end + 3 * DAY;
    const [index] = [site.account.records.indexOf(record)];
    site.account.records[index] = { ...record, at: capture.at - 30_000 };
    site.expect({ code: "row.outside-window", ...of(capture) });
  }),
  rowKind(
    "a capture settled twice",
    (site, { capture }) => {
      const again = { ...capture };
      site.week(1).movements.push(again);
      site.expect(
        { code: "transaction.duplicate", amount: netOf(capture), settlementId: site.week(1).settlementId },
        // The second row lies outside the window of its file, since it has the moment of the first.
        { code: "row.outside-window", optional: true, settlementId: site.week(1).settlementId },
      );
    },
    { weeks: 2 },
  ),
  {
    kind: "a type that is not known",
    what: "trouble",
    weeks: 2,
    inject: (site) => {
      for (const week of [site.week(), site.week(1)]) {
        const amount = BigInt(site.integer(100, 500));
        site.account.book(week, "Loyalty Credit", amount, "A new kind of money");
        site.expect({ code: "transaction.unknown-type", amount, settlementId: week.settlementId });
      }
    },
  },
];
