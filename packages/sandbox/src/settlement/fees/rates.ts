import type { FeeSchedule } from "./fee-schedule.ts";

/**
 * What the service takes unless a merchant has a schedule of its own.
 *
 * Sources: published fee pages of the US (2.9 % + 0.30, cross-border 3.9 %, dispute 20.00), Germany (1.9 % + 0.35) and
 * the UK (3.4 % + 0.20, dispute 14.00), each the tier of small merchants. No figures were found for Japan and for
 * disputes in euro; the values here are ours (decisions/0025-fees.md). Japan has neither Authorization nor Dispute rows.
 */
export const FEE_SCHEDULES: readonly FeeSchedule[] = [
  {
    currency: "USD",
    from: 0,
    rate: 290n,
    crossBorderRate: 100n,
    fixed: 30n,
    uncapturedAuthorization: true,
    dispute: 2000n,
  },
  {
    currency: "EUR",
    from: 0,
    rate: 190n,
    crossBorderRate: 100n,
    fixed: 35n,
    uncapturedAuthorization: true,
    dispute: 1400n,
  },
  {
    currency: "GBP",
    from: 0,
    rate: 340n,
    crossBorderRate: 100n,
    fixed: 20n,
    uncapturedAuthorization: true,
    dispute: 1400n,
  },
  {
    currency: "JPY",
    from: 0,
    rate: 400n,
    crossBorderRate: 0n,
    fixed: 0n,
    uncapturedAuthorization: false,
    dispute: 0n,
  },
];
