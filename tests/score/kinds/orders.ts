import { DAY } from "../calendar.ts";
import type { Kind, Site } from "../inject.ts";
import { NOW } from "../account-facts.ts";
import type { Account, Sale, SaleSpec } from "../account.ts";
import type { OwnRecord } from "../movements.ts";

const knowsRefunds = ({ facts }: Account): boolean => facts.knowsRefunds;

function sell(site: Site, spec: SaleSpec = {}): Sale {
  const one = site.account.sell(site.week(), spec);
  site.touch(one.capture.transactionId, one.capture.order);
  return one;
}

const trouble = (kind: string, inject: (site: Site) => void, where?: Kind["where"]): Kind => ({
  kind,
  what: "trouble",
  ...(where === undefined ? {} : { where }),
  inject,
});

const trap = (kind: string, inject: (site: Site) => void, where?: Kind["where"]): Kind => ({
  kind,
  what: "trap",
  ...(where === undefined ? {} : { where }),
  inject,
});

export const ORDER_KINDS: readonly Kind[] = [
  trouble("an order that is never settled", (site) => {
    const { record } = sell(site, { settled: false });
    site.expect({ code: "capture.unsettled", amount: record.amount, orderId: record.order });
  }),
  trouble(
    "a refund that is never settled",
    (site) => {
      const one = sell(site);
      const { amount, at } = one.capture;
      const { record } = site.account.giveBack(one, {
        week: site.week(),
        amount,
        at: at + DAY,
        settled: false,
      });
      site.expect({ code: "refund.unsettled", amount: -(record?.amount ?? 0n), orderId: one.capture.order });
    },
    knowsRefunds,
  ),
  trouble("a capture of nobody", (site) => {
    const { capture } = sell(site, { recorded: false });
    site.expect({ code: "capture.unknown", amount: capture.amount, transactionId: capture.transactionId });
  }),
  trouble(
    "a refund of nobody",
    (site) => {
      const one = sell(site);
      const { row } = site.account.giveBack(one, {
        week: site.week(),
        amount: one.capture.amount,
        at: one.capture.at + 3_600_000,
        recorded: false,
      });
      site.expect({ code: "refund.unknown", amount: row.amount, transactionId: row.transactionId });
    },
    knowsRefunds,
  ),
  trouble("an amount that is another in the shop", (site) => {
    const { capture, record } = sell(site);
    const less = BigInt(site.integer(100, 400));
    record.amount += less;
    site.expect({ code: "match.amount", amount: -less, transactionId: capture.transactionId });
  }),
  trouble(
    "a currency that is another in the shop",
    (site) => {
      const { capture, record } = sell(site);
      record.currency = capture.currency === "EUR" ? "GBP" : "EUR";
      site.expect({ code: "match.currency", amount: capture.amount, transactionId: capture.transactionId });
      // Magento's grid has one currency, and its sign before every amount.
    },
    ({ facts }) => facts.shop !== "magento",
  ),
  trouble("an order that failed in the shop, and is settled", (site) => {
    const { capture, record } = sell(site);
    record.status = "failed";
    site.expect({ code: "match.status", amount: capture.amount, transactionId: capture.transactionId });
  }),
  trouble("an order that the shop canceled, and is settled", (site) => {
    const { capture, record } = sell(site);
    record.status = "canceled";
    site.expect({ code: "match.status", amount: capture.amount, transactionId: capture.transactionId });
  }),
  trouble("an order that still waits in the shop, and is settled", (site) => {
    const { capture, record } = sell(site);
    record.status = "pending";
    site.expect({ code: "match.status", amount: capture.amount, transactionId: capture.transactionId });
  }),
  trouble(
    "a refund that failed in the shop, and is settled",
    (site) => {
      const one = sell(site);
      const { amount, at } = one.capture;
      const { row, record } = site.account.giveBack(one, { week: site.week(), amount: amount / 2n, at: at + DAY / 4 });
      if (record !== null) record.status = "failed";
      site.expect({ code: "match.status", amount: row.amount, transactionId: row.transactionId });
    },
    knowsRefunds,
  ),

  trap("a first attempt that failed", (site) => {
    const { record } = sell(site);
    const failed: OwnRecord = { ...record, status: "failed", transactionId: "", reference: "", at: record.at - 90_000 };
    site.account.records.push(failed);
  }),
  trap(
    "a refund that failed first",
    (site) => {
      const one = sell(site);
      const { amount, at } = one.capture;
      const { record } = site.account.giveBack(one, { week: site.week(), amount, at: at + DAY / 3 });
      if (record === null) return;
      const { facts } = site.account;
      site.account.records.push({
        ...record,
        status: "failed",
        transactionId: "",
        reference: "",
        at: record.at - 60_000,
        gateway: facts.shop === "kit" ? "amazon_pay" : "amazon_payments",
      });
    },
    knowsRefunds,
  ),
  trap(
    "an order of the sandbox",
    (site) => {
      const { account } = site;
      const permission = `S${account.facts.prefix.slice(1)}-${account.digits(7)}-${account.digits(7)}`;
      sell(site, { permission, settled: false });
    },
    ({ facts }) => facts.knowsIds,
  ),
  trap("an order that was paid otherwise", (site) => {
    const { record } = sell(site, { settled: false });
    const { records } = site.account;
    records[records.indexOf(record)] = {
      ...record,
      transactionId: "",
      gateway: site.pick(["paypal", "Amazon Marketplace", "shopify_payments", "bacs"]),
    };
  }),
  trap("an order that was never paid", (site) => {
    const { record } = sell(site, { settled: false });
    record.status = site.pick(["failed", "canceled", "pending"] as const);
  }),
  trap("an order of yesterday", (site) => {
    const last = site.account.weeks.at(-1);
    if (last === undefined) return;
    const { record } = site.account.sell(last, { settled: false, at: NOW - DAY });
    site.touch(record.order, record.transactionId);
  }),
  trap("one order number in two stores", (site) => {
    const { capture } = sell(site);
    sell(site, { order: capture.order, store: "Second Shop", amount: capture.amount + 111n });
  }),
  trap("an order captured in two parts", (site) => {
    const { account } = site;
    const one = sell(site);
    const { capture, record } = one;
    const part = capture.amount / 3n;
    const second = account.sell(site.week(), {
      amount: part,
      order: capture.order,
      permission: capture.permission,
      at: capture.at + 3 * 3_600_000,
      // One authorization, one fixed fee.
      fixed: 0n,
      recorded: account.facts.knowsIds,
    });
    site.touch(second.capture.transactionId);
    if (!account.facts.knowsIds) record.amount += part;
  }),
  trap("a sale in the last minutes of a month", (site) => {
    const { account } = site;
    const ends = account.weeks.flatMap((week) =>
      [2, 3, 4, 5, 6].flatMap((month) => {
        const end = Date.UTC(2026, month, 1);
        return end > week.start + DAY && end < week.end - 2 * DAY ? [{ week, end }] : [];
      }),
    );
    for (const { week, end } of ends) {
      const { capture } = account.sell(week, { at: end + site.integer(-40, 40) * 60_000 });
      site.touch(capture.transactionId, capture.order);
    }
  }),
  trap("a card of another country", (site) => {
    sell(site, { crossBorder: true });
  }),
];
