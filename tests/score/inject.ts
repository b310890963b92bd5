import { integer, pick, type Random } from "@amazon-pay-kit/sdk/random";
import { WEEKS } from "./account-facts.ts";
import type { Account } from "./account.ts";
import type { Week } from "./movements.ts";

/** An exception that the books must have, by what the scenario knows of it. */
export interface Expected {
  readonly code: string;
  /** In minor units, with the sign of the difference. */
  readonly amount?: bigint;
  readonly settlementId?: string;
  readonly transactionId?: string;
  readonly orderId?: string;
  /** A moment or a name that its message must have. */
  readonly contains?: string;
  /** May be there, in the same cause, and need not. */
  readonly optional?: boolean;
}

/** Something that was put into an account: a trouble that must be found as one story, or a trap that must stay silent. */
export interface Injected {
  readonly kind: string;
  readonly what: "trouble" | "trap";
  readonly accountId: string;
  readonly weeks: readonly number[];
  readonly expected: Expected[];
  /** Each exception is a cause of its own. */
  apart: boolean;
  /** Ids of settlements, transactions and orders, and amounts, by which a false exception is laid at its door. */
  readonly touched: Set<string>;
}

/** Where a kind is injected. */
export class Site {
  readonly account: Account;
  readonly weeks: readonly Week[];
  readonly random: Random;
  readonly injected: Injected;

  constructor(account: Account, weeks: readonly Week[], random: Random, injected: Injected) {
    this.account = account;
    this.weeks = weeks;
    this.random = random;
    this.injected = injected;
  }

  /** The first week of the place, or the one so many after it. */
  week(index = 0): Week {
    const week = this.weeks[index];
    if (week === undefined) throw new TypeError(`${this.injected.kind} needs more weeks than it asked for`);
    return week;
  }

  expect(...expected: readonly Expected[]): void {
    this.injected.expected.push(...expected);
  }

  touch(...ids: readonly string[]): void {
    for (const id of ids) if (id !== "") this.injected.touched.add(id);
  }

  integer(least: number, most: number): number {
    return integer(this.random, least, most);
  }

  pick<T>(all: readonly T[]): T {
    return pick(this.random, all);
  }
}

/** One kind of trouble, or of trap. */
export interface Kind {
  readonly kind: string;
  readonly what: "trouble" | "trap";
  /** So many weeks belong to it alone. Default: it shares a week with other light ones. */
  readonly weeks?: number;
  /** Accounts that it can be injected in. Default: all. */
  readonly where?: (account: Account) => boolean;
  /** Injects it into what moves; what it gives back is done when settlements and deposits are made. */
  readonly inject: (site: Site) => (() => void) | void;
}

/** So many kinds share a week. */
const MOST_SHARING = 3;

/** The first and last weeks stay as they are: what is before and after them is not in the books. */
const [FIRST, LAST] = [1, WEEKS - 4];

/** Injects as many of the kinds as have a place, each once, those that need most weeks first. */
export function injectAll(
  accounts: readonly Account[],
  kinds: readonly Kind[],
  random: Random,
): { readonly injected: readonly Injected[]; readonly settled: readonly (() => void)[] } {
  const taken = new Map<Week, number>();
  const free = (week: Week, heavy: boolean): boolean => {
    const used = taken.get(week) ?? 0;
    return heavy ? used === 0 : used < MOST_SHARING;
  };
  const order = kinds
    .map((kind) => ({ kind, chance: random.fraction() }))
    .sort((one, other) => (other.kind.weeks ?? 0) - (one.kind.weeks ?? 0) || one.chance - other.chance);
  const injected: Injected[] = [];
  const settled: (() => void)[] = [];
  for (const { kind } of order) {
    const length = kind.weeks ?? 1;
    const heavy = kind.weeks !== undefined;
    const places = accounts
      .filter((account) => kind.where?.(account) ?? true)
      .flatMap((account) =>
        account.weeks.slice(FIRST, LAST - length + 2).flatMap(({ index }) => {
          const weeks = account.weeks.slice(index, index + length);
          return weeks.every((week) => free(week, heavy)) ? [{ account, weeks }] : [];
        }),
      );
    if (places.length === 0) continue;
    const { account, weeks } = pick(random, places);
    for (const week of weeks) taken.set(week, heavy ? MOST_SHARING : (taken.get(week) ?? 0) + 1);
    const one: Injected = {
      kind: kind.kind,
      what: kind.what,
      accountId: account.facts.id,
      weeks: weeks.map(({ index }) => index),
      expected: [],
      apart: false,
      touched: new Set(weeks.map(({ settlementId }) => (heavy ? settlementId : ""))),
    };
    one.touched.delete("");
    injected.push(one);
    const later = kind.inject(new Site(account, weeks, random, one));
    if (later !== undefined) settled.push(later);
  }
  return { injected, settled };
}
