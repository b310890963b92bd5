import { DAY } from "@amazon-pay-kit/money";
import type { PersonalData } from "@amazon-pay-kit/reports";
import type { NewAccount } from "../../../accounts/accounts.ts";
import { SyncError } from "../errors.ts";
import type { SyncListener } from "./events.ts";
import type { ReportSource } from "../sources/source.ts";

/** An account and where its reports come from. */
export interface SyncAccount extends NewAccount {
  readonly sources: readonly ReportSource[];
  /** What becomes of the buyer's columns of this account. Default: what the options say. */
  readonly personalData?: PersonalData;
  /** In which encoding this account's files are, where it is not UTF-8. Default: what the options say. */
  readonly encoding?: string;
  /** Workers look for and download nothing of it until it is resumed; what is archived is loaded and reconciled. Default false. */
  readonly paused?: boolean;
}

/** How reports are brought in. */
export interface SyncOptions {
  /** Accounts that are not kept yet are added. */
  readonly accounts: readonly SyncAccount[];
  /** Downloads at once, over all accounts. Default 4. */
  readonly downloads?: number;
  /** Accounts at once. Default 4. */
  readonly accountsAtOnce?: number;
  /** How far back the first listing goes, in days; the service keeps reports for 90. Default 90. */
  readonly backfillDays?: number;
  /** By how much listings overlap, in days: reports appear up to a day late. Default 3. */
  readonly overlapDays?: number;
  /** From which age on a report that was never fetched raises an alert, in days. Default 80. */
  readonly warnAtDays?: number;
  /** What becomes of the buyer's columns when rows are stored. The archive always keeps the bytes. Default `keep`. */
  readonly personalData?: PersonalData;
  /** In which encoding the files are, where it is not UTF-8: `windows-1252`, `shift_jis`. Default `utf-8`. */
  readonly encoding?: string;
  /** A file with more bad rows than this is quarantined. Default 10,000. */
  readonly errorLimit?: number;
  /** Ask for payouts too, where a source knows them. Default `true`. */
  readonly disbursements?: boolean;
  /** After how long without a heartbeat another process may take over an account, in milliseconds. Default 60,000. */
  readonly leaseMillis?: number;
  /** Do not ask a source that somebody has read so lately, in milliseconds. Default 0: always ask. */
  readonly freshMillis?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: SyncListener;
}

/** The options, checked and filled up. */
export interface SyncSettings {
  readonly downloads: number;
  readonly accountsAtOnce: number;
  readonly backfillMillis: number;
  readonly overlapMillis: number;
  readonly warnAtMillis: number;
  readonly personalData: PersonalData;
  readonly encoding: string;
  readonly errorLimit: number;
  readonly disbursements: boolean;
  readonly leaseMillis: number;
  readonly freshMillis: number;
}

function atLeast(name: string, value: number | undefined, fallback: number, least: number): number {
  const given = value ?? fallback;
  if (Number.isFinite(given) && given >= least) return given;
  throw new SyncError("sync.bad-option", `${name} is ${given}: expected a number from ${least} on`);
}

/** @throws SyncError `sync.bad-option` */
export function syncSettings(options: SyncOptions): SyncSettings {
  const seen = new Set<string>();
  const twice = options.accounts.find(({ accountId }) => seen.size === seen.add(accountId).size)?.accountId;
  if (twice !== undefined)
    throw new SyncError("sync.bad-option", `account ${twice} is there twice: name all its sources in one place`);
  return {
    downloads: Math.floor(atLeast("downloads", options.downloads, 4, 1)),
    accountsAtOnce: Math.floor(atLeast("accountsAtOnce", options.accountsAtOnce, 4, 1)),
    backfillMillis: atLeast("backfillDays", options.backfillDays, 90, 0) * DAY,
    overlapMillis: atLeast("overlapDays", options.overlapDays, 3, 0) * DAY,
    warnAtMillis: atLeast("warnAtDays", options.warnAtDays, 80, 0) * DAY,
    personalData: options.personalData ?? "keep",
    encoding: options.encoding ?? "utf-8",
    errorLimit: atLeast("errorLimit", options.errorLimit, 10_000, 0),
    disbursements: options.disbursements ?? true,
    leaseMillis: atLeast("leaseMillis", options.leaseMillis, 60_000, 1),
    freshMillis: atLeast("freshMillis", options.freshMillis, 0, 0),
  };
}
