import { DAY, HOUR } from "../calendar.ts";
import type { Kind, Site } from "../inject.ts";
import { total } from "../money.ts";
import type { Account, Sale, SaleSpec } from "../account.ts";
import { netOf } from "../movements.ts";

function sell(site: Site, spec: SaleSpec = {}): Sale {
  const one = site.account.sell(site.week(), spec);
  site.touch(one.capture.transactionId, one.capture.order);
  return one;
}

const CLAIM = "A-to-z Guarantee Claim";

/** A sale whose whole amount is refunded, and that is disputed in the week after as well. */
function returnedTwice(kind: string, type: string, share: bigint): Kind {
  return {
    kind,
    what: "trouble",
    weeks: 2,
    inject: (site) => {
      const one = sell(site);
      const { amount, at } = one.capture;
      const refunded = amount / share;
      site.account.giveBack(one, {
        week: site.week(),
        amount: refunded,
        at: Math.min(at + DAY, site.week().end - HOUR * 3),
      });
      const { row } = site.account.giveBack(one, { week: site.week(1), amount, type });
      site.touch(row.transactionId);
      site.expect({ code: "capture.returned-twice", amount: refunded, orderId: one.capture.order });
    },
  };
}

const trap = (kind: string, weeks: number | undefined, inject: (site: Site) => void, where?: Kind["where"]): Kind => ({
  kind,
  what: "trap",
  ...(weeks === undefined ? {} : { weeks }),
  ...(where === undefined ? {} : { where }),
  inject,
});

const disputes = ({ facts }: Account): boolean => facts.region !== "jp";

export const MONEY_BACK_KINDS: readonly Kind[] = [
  returnedTwice("refunded and claimed", CLAIM, 1n),
  returnedTwice("refunded and charged back", "Chargeback", 1n),
  returnedTwice("half refunded, wholly charged back", "Chargeback", 2n),
  {
    kind: "a refund beyond what may be refunded",
    what: "trouble",
    inject: (site) => {
      const one = sell(site);
      const { amount, at, order } = one.capture;
      const { row } = site.account.giveBack(one, {
        week: site.week(),
        amount: amount * 2n,
        at: Math.min(at + DAY, site.week().end - 3 * HOUR),
      });
      site.touch(row.transactionId, order);
      site.expect({ code: "refund.exceeds-capture", orderId: order });
    },
  },
  {
    kind: "a refund of a capture that there is not",
    what: "trouble",
    inject: (site) => {
      const one = sell(site, { settled: false, recorded: false });
      const { row } = site.account.giveBack(one, { week: site.week(), amount: one.capture.amount, recorded: false });
      row.at = one.capture.at;
      site.touch(row.transactionId);
      site.expect(
        { code: "refund.orphan", amount: row.amount, transactionId: row.transactionId },
        { code: "refund.unknown", optional: true, transactionId: row.transactionId },
      );
    },
  },

  trap("chargeback lost", undefined, (site) => {
    const one = sell(site, { at: site.week().start + DAY });
    site.account.giveBack(one, { week: site.week(), amount: one.capture.amount, type: "Chargeback" });
  }),
  trap(
    "chargeback won, with its fee",
    2,
    (site) => {
      const one = sell(site, { at: site.week().start + DAY });
      const { account } = site;
      const back = account.giveBack(one, { week: site.week(), amount: one.capture.amount, type: "Chargeback" });
      account.giveBack(one, { week: site.week(1), amount: -one.capture.amount, type: "Chargeback" });
      const fee = account.giveBack(one, { week: site.week(), amount: 1n, type: "Dispute", at: back.row.at + HOUR });
      Object.assign(fee.row, { amount: 0n, percentage: 0n, fixed: -account.facts.dispute });
    },
    disputes,
  ),
  trap("a claim reversed, and refunded after all", 2, (site) => {
    const one = sell(site, { at: site.week().start + DAY });
    const { amount } = one.capture;
    const { account } = site;
    account.giveBack(one, { week: site.week(), amount, type: CLAIM });
    account.giveBack(one, { week: site.week(1), amount: -amount, type: CLAIM, at: site.week(1).start + DAY });
    account.giveBack(one, { week: site.week(1), amount, at: site.week(1).start + 2 * DAY });
  }),
  trap(
    "an authorization that was never captured",
    undefined,
    (site) => {
      const { account } = site;
      const one = sell(site, { settled: false, recorded: false });
      site.week().movements.push({
        ...one.capture,
        type: "Authorization",
        transactionId: one.capture.transactionId.replace("-C", "-A"),
        amount: 0n,
        percentage: 0n,
        fixed: -account.feeAt(one.capture.at).fixed,
      });
    },
    ({ facts }) => facts.fees.every(({ fixed }) => fixed !== 0n),
  ),
  trap(
    "a balance below zero that is carried on",
    2,
    (site) => {
      const { account } = site;
      const { movements } = site.week();
      // A little more than the week has made: the next one makes up for it.
      const amount = -total(movements.map(netOf)) - BigInt(account.facts.most);
      account.book(site.week(), "Adjustment", amount, "Merchant-liable chargebacks");
    },
    ({ facts }) => !facts.takesDebt,
  ),
  trap(
    "a balance below zero that the card pays",
    2,
    (site) => {
      const { account } = site;
      const { movements } = site.week();
      // A little more than the week has made: the next one makes up for it.
      const amount = -total(movements.map(netOf)) - BigInt(account.facts.most);
      account.book(site.week(), "Adjustment", amount, "Merchant-liable chargebacks");
    },
    ({ facts }) => facts.takesDebt,
  ),
  trap("an adjustment", undefined, (site) => {
    site.account.book(site.week(), "Adjustments", BigInt(site.integer(-900, 900)) || 5n, "Fee correction");
  }),
  trap("three partial refunds", undefined, (site) => {
    const { account } = site;
    const one = sell(site, { at: site.week().start + DAY });
    const part = one.capture.amount / 3n;
    for (const [index, amount] of [part, part, one.capture.amount - 2n * part].entries()) {
      account.giveBack(one, { week: site.week(), amount, at: one.capture.at + (index + 1) * 5 * HOUR });
    }
  }),
  trap("a refund after twenty minutes", undefined, (site) => {
    const one = sell(site);
    site.account.giveBack(one, { week: site.week(), amount: one.capture.amount, at: one.capture.at + 20 * 60_000 });
  }),
  trap("a refund a little above its capture", undefined, (site) => {
    const one = sell(site, { at: site.week().start + DAY });
    const { amount } = one.capture;
    site.account.giveBack(one, { week: site.week(), amount: amount + amount / 20n });
  }),
  trap(
    "a refund after the fees have changed",
    undefined,
    (site) => {
      const { account } = site;
      const change = account.facts.fees.at(-1)?.from ?? 0;
      const before = account.weeks.find((week) => week.start < change && week.end > change);
      const after = account.weeks[(before?.index ?? 0) + 2];
      if (before === undefined || after === undefined) return;
      const one = account.sell(before, { at: change - 5 * HOUR });
      site.touch(one.capture.transactionId, one.capture.order);
      const soon = account.giveBack(one, { week: before, amount: one.capture.amount / 2n, at: change + 5 * HOUR });
      const late = account.giveBack(one, { week: after, amount: one.capture.amount / 4n });
      site.touch(soon.row.transactionId, late.row.transactionId);
    },
    ({ facts }) => facts.fees.length > 1,
  ),
];
