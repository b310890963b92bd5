import { workingDaysAfter } from "../calendar.ts";
import { total } from "../money.ts";
import type { Kind, Site } from "../inject.ts";
import type { Account } from "../account.ts";
import type { BankLine, Week } from "../movements.ts";
import { depositOf } from "../settle.ts";

/** Where the bank does not convert. */
const plain = ({ facts }: Account): boolean => facts.currency === facts.bankCurrency;

/** Where it does, and the setting says so. */
const converting = (account: Account): boolean => !plain(account) && account.fxSetting;

/** What a bank takes for itself: some of its currency, never much of what arrives. */
function charge({ account, random }: Site): bigint {
  const most = account.facts.currency === "JPY" ? 440 : 350;
  return BigInt(30 + Math.floor(random.fraction() * (most - 30)));
}

/** A day after which a deposit is late: later than five working days, and within a month. */
function lateDay(site: Site, week: Week): number {
  return workingDaysAfter(week.transferAt, site.integer(7, 12));
}

/** Puts other deposits in the place of those of some weeks. */
function instead(weeks: readonly Week[], deposits: readonly BankLine[]): void {
  for (const week of weeks) week.deposits.splice(0);
  weeks[0]?.deposits.push(...deposits);
}

/** Deposits that add up to an amount: two or three of about the same size, some days apart. */
function parts(site: Site, week: Week, amount: bigint, from: number): BankLine[] {
  const count = site.integer(2, 3);
  const share = (amount * BigInt(100 + site.integer(1, 20))) / BigInt(100 * count);
  return Array.from({ length: count }, (_none, index) => {
    const minor = index < count - 1 ? share : amount - share * BigInt(count - 1);
    return depositOf(site.account, minor, workingDaysAfter(week.transferAt, from + (index > 1 ? 1 : 0)));
  });
}

const paid = (weeks: readonly Week[]): bigint => total(weeks.map(({ transfer }) => transfer));
const ids = (site: Site): readonly string[] => site.weeks.map(({ settlementId }) => settlementId);

/** A kind that changes the deposits of weeks in which something was paid. */
function bankKind(
  kind: string,
  what: Kind["what"],
  weeks: number,
  change: (site: Site, own: readonly Week[]) => void,
  where: Kind["where"] = plain,
  /** The weeks that it is about; the others are there to be left alone. */
  about = 1,
): Kind {
  return {
    kind,
    what,
    weeks,
    where,
    inject: (site) => {
      site.touch(...ids(site));
      return () => change(site, site.weeks.slice(0, about));
    },
  };
}

const first = (weeks: readonly Week[]): Week => {
  const [week] = weeks;
  if (week === undefined) throw new TypeError("no week");
  return week;
};

export const DEPOSIT_KINDS: readonly Kind[] = [
  bankKind("deposit short", "trouble", 1, (site, own) => {
    const [week, less] = [first(own), charge(site)];
    instead(own, [depositOf(site.account, week.transfer - less, workingDaysAfter(week.transferAt, 2))]);
    site.expect({ code: "match.amount", amount: -less, settlementId: week.settlementId });
  }),
  bankKind("deposit too large", "trouble", 1, (site, own) => {
    const week = first(own);
    const more = BigInt(site.integer(1, 90));
    instead(own, [depositOf(site.account, week.transfer + more, workingDaysAfter(week.transferAt, 2))]);
    site.expect({ code: "match.amount", amount: more, settlementId: week.settlementId });
  }),
  bankKind("deposit late", "trouble", 1, (site, own) => {
    const week = first(own);
    instead(own, [depositOf(site.account, week.transfer, lateDay(site, week))]);
    site.expect({ code: "bank.late-deposit", amount: week.transfer, settlementId: week.settlementId });
  }),
  bankKind("deposit missing", "trouble", 1, (site, own) => {
    instead(own, []);
    const { transfer, settlementId } = first(own);
    site.expect({ code: "bank.missing-deposit", amount: transfer, settlementId });
  }),
  bankKind("deposit booked twice", "trouble", 1, (site, own) => {
    const week = first(own);
    week.deposits.push(depositOf(site.account, week.transfer, workingDaysAfter(week.transferAt, 3)));
    site.expect({ code: "bank.unknown-deposit", amount: week.transfer });
  }),
  bankKind("deposit of nobody", "trouble", 1, (site, own) => {
    const amount = BigInt(site.integer(100_000, 900_000));
    first(own).deposits.push(depositOf(site.account, amount, workingDaysAfter(first(own).transferAt, 2)));
    site.expect({ code: "bank.unknown-deposit", amount });
  }),
  bankKind(
    "merged and short",
    "trouble",
    3,
    (site, own) => {
      const less = charge(site);
      const last = own.at(-1) ?? first(own);
      instead(own, [depositOf(site.account, paid(own) - less, workingDaysAfter(last.transferAt, 1))]);
      site.expect({ code: "match.amount", amount: -less, settlementId: first(own).settlementId });
    },
    plain,
    2,
  ),
  bankKind("split and short", "trouble", 1, (site, own) => {
    const [week, less] = [first(own), charge(site)];
    instead(own, parts(site, week, week.transfer - less, 2));
    site.expect({ code: "match.amount", amount: -less, settlementId: week.settlementId });
  }),
  bankKind("late and short", "trouble", 1, (site, own) => {
    const [week, less] = [first(own), charge(site)];
    instead(own, [depositOf(site.account, week.transfer - less, lateDay(site, week))]);
    site.expect({ code: "match.amount", amount: -less, settlementId: week.settlementId });
  }),
  bankKind(
    "merged and late",
    "trouble",
    3,
    (site, own) => {
      const last = own.at(-1) ?? first(own);
      instead(own, [depositOf(site.account, paid(own), workingDaysAfter(last.transferAt, site.integer(1, 4)))]);
      const { settlementId } = first(own);
      site.expect({ code: "bank.late-deposit", amount: paid(own), settlementId });
    },
    plain,
    2,
  ),
  bankKind("split and late", "trouble", 1, (site, own) => {
    const week = first(own);
    instead(own, parts(site, week, week.transfer, site.integer(7, 10)));
    site.expect({ code: "bank.late-deposit", amount: week.transfer, settlementId: week.settlementId });
  }),
  bankKind(
    "merged, late and short",
    "trouble",
    4,
    (site, own) => {
      const less = charge(site);
      const last = own.at(-1) ?? first(own);
      instead(own, [depositOf(site.account, paid(own) - less, workingDaysAfter(last.transferAt, 4))]);
      site.expect({ code: "match.amount", amount: -less, settlementId: first(own).settlementId });
    },
    plain,
    3,
  ),
  bankKind(
    "missing beside a late one",
    "trouble",
    3,
    (site, own) => {
      const [gone, late] = own;
      if (gone === undefined || late === undefined) return;
      instead(own, [depositOf(site.account, late.transfer, lateDay(site, late))]);
      site.injected.apart = true;
      site.expect(
        { code: "bank.missing-deposit", amount: gone.transfer, settlementId: gone.settlementId },
        { code: "bank.late-deposit", amount: late.transfer, settlementId: late.settlementId },
      );
    },
    plain,
    2,
  ),
  bankKind(
    "short beside a late one",
    "trouble",
    3,
    (site, own) => {
      const [late, short] = own;
      if (late === undefined || short === undefined) return;
      const less = charge(site);
      instead(own, [
        depositOf(site.account, late.transfer, lateDay(site, late)),
        depositOf(site.account, short.transfer - less, workingDaysAfter(short.transferAt, 2)),
      ]);
      site.injected.apart = true;
      site.expect(
        { code: "bank.late-deposit", amount: late.transfer, settlementId: late.settlementId },
        { code: "match.amount", amount: -less, settlementId: short.settlementId },
      );
    },
    plain,
    2,
  ),
  bankKind(
    "one short, the next too large by as much",
    "trouble",
    3,
    (site, own) => {
      const [less, more] = own;
      if (less === undefined || more === undefined) return;
      const amount = BigInt(site.integer(100, 300));
      instead(own, [
        depositOf(site.account, less.transfer - amount, workingDaysAfter(less.transferAt, 2)),
        depositOf(site.account, more.transfer + amount, workingDaysAfter(more.transferAt, 2)),
      ]);
      site.injected.apart = true;
      site.expect(
        { code: "match.amount", amount: -amount, settlementId: less.settlementId },
        { code: "match.amount", amount, settlementId: more.settlementId },
      );
    },
    plain,
    2,
  ),
  {
    kind: "transfer sent back",
    what: "trouble",
    weeks: 2,
    where: plain,
    inject: (site) => {
      site.touch(...ids(site));
      site.week().bounced = true;
      return () => {
        const { transfer, settlementId } = site.week();
        // What comes back stands in the next settlement, which is another trace of the same.
        site.expect(
          { code: "bank.missing-deposit", amount: transfer, settlementId },
          { code: "settlement.opening", optional: true },
        );
      };
    },
  },
  bankKind(
    "conversion at an odd rate",
    "trouble",
    1,
    (site, own) => {
      const week = first(own);
      const [deposit] = week.deposits;
      if (deposit === undefined) return;
      deposit.amount = (deposit.amount * 93n) / 100n;
      site.expect({ code: "match.currency", amount: week.transfer, settlementId: week.settlementId });
    },
    converting,
  ),
  bankKind(
    "conversion late",
    "trouble",
    4,
    (site, own) => {
      const week = first(own);
      instead(own, [depositOf(site.account, week.transfer, lateDay(site, week))]);
      site.expect({ code: "bank.late-deposit", amount: week.transfer, settlementId: week.settlementId });
    },
    converting,
  ),
  bankKind(
    "conversion missing",
    "trouble",
    2,
    (site, own) => {
      instead(own, []);
      const { transfer, settlementId } = first(own);
      site.expect({ code: "bank.missing-deposit", amount: transfer, settlementId });
    },
    converting,
  ),

  bankKind("split deposit", "trap", 1, (site, own) => {
    instead(own, parts(site, first(own), first(own).transfer, 2));
  }),
  bankKind(
    "merged deposit",
    "trap",
    3,
    (site, own) => {
      const last = own.at(-1) ?? first(own);
      // On the day of the second transfer, which is the last day in time for the first.
      instead(own, [depositOf(site.account, paid(own), workingDaysAfter(last.transferAt, 0))]);
    },
    plain,
    2,
  ),
  bankKind("deposit on the last day in time", "trap", 1, (site, own) => {
    const week = first(own);
    instead(own, [depositOf(site.account, week.transfer, workingDaysAfter(week.transferAt, 5))]);
  }),
  bankKind("bank charge on a line of its own", "trap", 1, (site, own) => {
    const week = first(own);
    const day = week.deposits[0]?.day ?? week.transferAt;
    const line = depositOf(site.account, charge(site), day);
    site.account.otherLines.push({ ...line, amount: -line.amount, text: "CHARGE FOREIGN PAYMENT" });
  }),
  bankKind("deposit of Amazon's marketplace", "trap", 1, (site, own) => {
    const week = first(own);
    const amount = week.transfer + BigInt(site.integer(-300, 300));
    const line = depositOf(site.account, amount, workingDaysAfter(week.transferAt, 1));
    site.account.otherLines.push({ ...line, text: "AMAZON.COM SVCS MARKETPLACE" });
  }),
  bankKind(
    "conversions of two in one deposit",
    "trap",
    3,
    (site, own) => {
      const last = own.at(-1) ?? first(own);
      instead(own, [depositOf(site.account, paid(own), workingDaysAfter(last.transferAt, 0))]);
    },
    converting,
    2,
  ),
];
