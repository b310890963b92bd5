import type { FeeSchedule } from "./schedule.ts";

/**
 * Rates that Amazon Pay has published. Source: help pages of the regions and a report on the change of 2015, as collected
 * in the reference; they are years old and contracts differ, so that they serve only where rows evidently follow them.
 */
export const PUBLISHED_SCHEDULES: readonly FeeSchedule[] = [
  {
    currency: "USD",
    rates: [
      { label: "domestic", percentage: "2.9", fixed: "0.30" },
      { label: "cross-border", percentage: "3.9", fixed: "0.30" },
      { label: "non-profit", percentage: "2.2", fixed: "0.30" },
    ],
    dispute: "20.00",
  },
  {
    currency: "GBP",
    tiers: [
      { below: "1500.00", percentage: "3.4" },
      { below: "6000.00", percentage: "2.9" },
      { below: "15000.00", percentage: "2.4" },
      { below: "55000.00", percentage: "1.9" },
      { percentage: "1.4" },
    ],
    tierFixed: "0.20",
    tierChoice: "any",
    dispute: "14.00",
  },
  {
    currency: "EUR",
    tiers: [
      { below: "5000.00", percentage: "1.9" },
      { below: "25000.00", percentage: "1.7" },
      { below: "50000.00", percentage: "1.5" },
      { percentage: "1.2" },
    ],
    tierFixed: "0.35",
    tierChoice: "any",
  },
];

/** What the sandbox of this kit charges unless it is told otherwise: its own tariff, not a fact about Amazon Pay. */
export const SANDBOX_SCHEDULES: readonly FeeSchedule[] = [
  {
    currency: "USD",
    rates: [
      { label: "domestic", percentage: "2.9", fixed: "0.30" },
      { label: "cross-border", percentage: "3.9", fixed: "0.30" },
    ],
    dispute: "20.00",
  },
  { currency: "EUR", rates: [{ label: "domestic", percentage: "1.9", fixed: "0.35" }], dispute: "14.00" },
  { currency: "GBP", rates: [{ label: "domestic", percentage: "3.4", fixed: "0.20" }], dispute: "14.00" },
  { currency: "JPY", rates: [{ label: "domestic", percentage: "4.0" }] },
];
