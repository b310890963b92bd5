import { DAY, HOUR, workingDaysAfter } from "../calendar.ts";
import type { Expected, Kind, Site } from "../inject.ts";
import type { Account } from "../account.ts";
import { type ReportFile, type Week, netOf } from "../movements.ts";
import { depositOf } from "../settle.ts";

const plain = ({ facts }: Account): boolean => facts.currency === facts.bankCurrency;

function fileOf(week: Week): ReportFile {
  const [file] = week.files;
  if (file === undefined) throw new TypeError("the week has no file");
  return file;
}

/** A moment as the product writes it. */
const moment = (at: number): string => new Date(at).toISOString().replace(".000", "");

/** What a settlement that nobody can read leaves behind: its time, its sales, and its deposit. */
function expectLost(site: Site, week: Week, depositArrives = true): void {
  const { account } = site;
  const { currency, bankCurrency } = account.facts;
  site.expect(
    { code: "settlement.gap", contains: moment(week.start) },
    { code: "report.missing", contains: moment(week.start) },
    // What the week before held back, and what it left, is taken on by nobody.
    { code: "reserve.roll-forward", optional: true },
    { code: "settlement.opening", optional: true },
    { code: "settlement.roll-forward", optional: true },
  );
  const arrived = week.deposits[0];
  if (depositArrives && arrived !== undefined) {
    site.expect({
      code: "bank.unknown-deposit",
      amount: currency === bankCurrency ? week.transfer : arrived.amount,
    });
  }
  const settled = new Set(week.movements.map((row) => row.transactionId));
  for (const record of account.records) {
    if (!settled.has(record.transactionId) || record.status !== "done") continue;
    if (record.kind === "charge") {
      site.expect({ code: "capture.unsettled", amount: record.amount, orderId: record.order });
    } else site.expect({ code: "refund.unsettled", amount: -record.amount, orderId: record.order });
  }
}

/** A kind about the file of one week, with a week behind it that shows what it lacks. */
function fileKind(kind: string, weeks: number, spoil: (site: Site, week: Week) => void, where?: Kind["where"]): Kind {
  return {
    kind,
    what: "trouble",
    weeks,
    ...(where === undefined ? {} : { where }),
    inject: (site) => {
      site.touch(...site.weeks.map(({ settlementId }) => settlementId));
      return () => spoil(site, site.week());
    },
  };
}

/** The second delivery of a settlement, with what is to be changed in it. */
function deliveredAgain(week: Week, change: (file: ReportFile) => void): ReportFile {
  const old = fileOf(week);
  const again: ReportFile = {
    ...old,
    name: old.name.replace(".csv", " (1).csv"),
    rows: old.rows.map((row) => ({ ...row })),
    later: true,
  };
  change(again);
  week.files.push(again);
  return again;
}

/** Changes the transfer of a file so that it pays what its rows make. */
function payWhatIsLeft(file: ReportFile, difference: bigint): void {
  const transfer = file.rows.find((row) => row.type === "Transfer");
  if (transfer !== undefined) transfer.amount -= difference;
}

export const REPORT_KINDS: readonly Kind[] = [
  fileKind("settlement file lost", 2, (site, week) => {
    expectLost(site, week);
    week.files.splice(0);
  }),
  fileKind("two settlement files in a row lost", 3, (site, week) => {
    const next = site.week(1);
    expectLost(site, week);
    expectLost(site, next);
    // One gap of two weeks is told once; that each of them lacks its report may be told too.
    const { expected } = site.injected;
    const ofNext = ({ code, contains }: Expected): boolean =>
      contains === moment(next.start) && code === "settlement.gap";
    site.injected.expected.splice(0, expected.length, ...expected.filter((one) => !ofNext(one)));
    for (const [index, one] of expected.entries())
      if (one.contains === moment(next.start)) expected[index] = { ...one, optional: true };
    for (const one of [week, next]) one.files.splice(0);
  }),
  fileKind(
    "settlement file lost, and its deposit missing",
    2,
    (site, week) => {
      expectLost(site, week, false);
      week.files.splice(0);
      week.deposits.splice(0);
    },
    plain,
  ),
  fileKind("a column renamed", 2, (site, week) => {
    expectLost(site, week);
    site.expect({ code: "report.quarantined", contains: week.settlementId });
    // What was put aside is told, and not that it is missing as well.
    const { expected } = site.injected;
    const missing = expected.findIndex(({ code }) => code === "report.missing");
    expected.push({ ...expected.splice(missing, 1)[0], code: "report.missing", optional: true });
    const file = fileOf(week);
    file.unusable = true;
    file.spoil = (text) => text.replace('"TransactionAmount"', '"Amount of the transaction"');
  }),
  fileKind("an amount that cannot be read", 2, (site, week) => {
    const file = fileOf(week);
    const row = site.pick(file.rows.filter(({ type }) => type === "Capture"));
    row.written = { amount: "12.3.4" };
    site.touch(row.transactionId, row.order);
    const balance = netOf(row);
    site.expect(
      { code: "row.unreadable" },
      { code: "settlement.roll-forward", amount: -balance, settlementId: week.settlementId },
    );
    site.expect({ code: "refund.orphan", optional: true });
    if (site.account.records.some((record) => record.transactionId === row.transactionId))
      site.expect({ code: "capture.unsettled", amount: row.amount, orderId: row.order });
  }),
  fileKind(
    "settlement delivered again, with an adjustment",
    1,
    (site, week) => {
      const amount = BigInt(site.integer(100, 900));
      deliveredAgain(week, (file) => {
        const at = week.start + 3 * DAY;
        const [like] = file.rows;
        if (like === undefined) return;
        const none = {
          transactionId: "",
          reference: "",
          permission: "",
          order: "",
          store: "",
          percentage: 0n,
          fixed: 0n,
        };
        const place = Math.max(file.rows.length - 1, 0);
        file.rows.splice(place, 0, { ...like, ...none, at, type: "Adjustment", description: "Correction", amount });
        payWhatIsLeft(file, amount);
      });
      week.deposits.splice(0);
      week.deposits.push(depositOf(site.account, week.transfer + amount, workingDaysAfter(week.transferAt, 2)));
      // The transfer is a debit: it has grown.
      site.expect({ code: "settlement.reissued", amount: -amount, settlementId: week.settlementId });
    },
    ({ facts }) => facts.currency === facts.bankCurrency,
  ),
  fileKind(
    "settlement delivered again, without a fee",
    1,
    (site, week) => {
      let given = 0n;
      let order = "";
      deliveredAgain(week, (file) => {
        const row = file.rows.find(({ type }) => type === "Capture");
        if (row === undefined) return;
        [given, order] = [-row.percentage, row.order];
        row.percentage = 0n;
        payWhatIsLeft(file, given);
      });
      week.deposits.splice(0);
      week.deposits.push(depositOf(site.account, week.transfer + given, workingDaysAfter(week.transferAt, 2)));
      site.touch(order);
      site.expect(
        { code: "settlement.reissued", amount: -given, settlementId: week.settlementId },
        { code: "fee.mismatch", amount: given, settlementId: week.settlementId },
      );
    },
    plain,
  ),
  fileKind(
    "settlement delivered again, and paid as it was first",
    1,
    (site, week) => {
      const amount = BigInt(site.integer(100, 900));
      deliveredAgain(week, (file) => {
        const row = file.rows.find(({ type }) => type === "Capture");
        if (row === undefined) return;
        const none = {
          transactionId: "",
          reference: "",
          permission: "",
          order: "",
          store: "",
          percentage: 0n,
          fixed: 0n,
        };
        file.rows.splice(1, 0, { ...row, ...none, type: "Adjustment", description: "Correction", amount });
        payWhatIsLeft(file, amount);
      });
      site.expect(
        { code: "settlement.reissued", amount: -amount, settlementId: week.settlementId },
        { code: "match.amount", amount: -amount, settlementId: week.settlementId },
      );
    },
    plain,
  ),
  fileKind("windows overlap", 2, (site) => {
    fileOf(site.week(1)).start -= 6 * HOUR;
    site.expect({ code: "settlement.overlap", settlementId: site.week(1).settlementId });
  }),
  fileKind("a row of another settlement", 2, (site, week) => {
    const row = site.pick(fileOf(week).rows.filter(({ type }) => type === "Capture"));
    row.written = { settlementId: `9${site.account.digits(10)}` };
    site.touch(row.transactionId, row.order, row.written.settlementId ?? "");
    site.expect(
      { code: "settlement.mixed-id" },
      { code: "settlement.roll-forward", optional: true },
      { code: "settlement.roll-forward", optional: true },
      { code: "settlement.opening", optional: true },
      { code: "settlement.overlap", optional: true },
    );
  }),
  {
    kind: "more is carried in than was left",
    what: "trouble",
    weeks: 2,
    inject: (site) => {
      const amount = BigInt(site.integer(300, 900));
      const week = site.week(1);
      week.wrongOpening = amount;
      site.expect({ code: "settlement.opening", amount, settlementId: week.settlementId });
    },
  },
  {
    kind: "less is released than was held back",
    what: "trouble",
    weeks: 2,
    where: ({ facts }) => facts.reserve !== 0n,
    inject: (site) => {
      const amount = -BigInt(site.integer(100, 900));
      const week = site.week(1);
      week.wrongReserve = amount;
      site.expect({ code: "reserve.roll-forward", amount, settlementId: week.settlementId });
    },
  },
  {
    kind: "the transfer is not what is left",
    what: "trouble",
    weeks: 2,
    where: plain,
    inject: (site) => {
      const amount = BigInt(site.integer(300, 900));
      const week = site.week();
      week.wrongTransfer = amount;
      site.expect({ code: "settlement.roll-forward", amount, settlementId: week.settlementId });
    },
  },
];
