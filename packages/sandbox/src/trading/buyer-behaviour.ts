import { DAY, HOUR } from "@amazon-pay-kit/money";

/** How a shop and its buyers behave: chances from 0 to 1, spans in milliseconds. */
export interface BuyerBehaviour {
  /** Captured with the order; the others are captured when they are sent. */
  readonly capturedAtOnce: number;
  /** Never captured: out of stock, given up. */
  readonly released: number;
  /** Captured in part: something is missing. */
  readonly partlyCaptured: number;
  readonly refundedInFull: number;
  readonly refundedInPart: number;
  /** A second partial refund after the first. */
  readonly refundedAgain: number;
  readonly chargedBack: number;
  readonly claimed: number;
  /** Disputes that the merchant contests, and those of them that the merchant wins. */
  readonly contested: number;
  readonly won: number;
  /** Payments that the merchant gave no reference. */
  readonly withoutReference: number;
}

/** A shop as there are many. */
export const DEFAULT_BEHAVIOUR: BuyerBehaviour = {
  capturedAtOnce: 0.35,
  released: 0.03,
  partlyCaptured: 0.06,
  refundedInFull: 0.05,
  refundedInPart: 0.05,
  refundedAgain: 0.2,
  chargedBack: 0.008,
  claimed: 0.006,
  contested: 0.7,
  won: 0.5,
  withoutReference: 0.02,
};

/** How long things take, from and to, in milliseconds. */
export const SPANS = {
  /** From the order until it is sent. */
  toCapture: [2 * HOUR, 4 * DAY],
  /** From the order until it is given up. */
  toRelease: [6 * HOUR, 10 * DAY],
  /** From the capture until the buyer wants money back, and once more. */
  toRefund: [1 * DAY, 21 * DAY],
  toDispute: [3 * DAY, 21 * DAY],
  /** Within the seven days that a claim leaves. */
  toContest: [6 * HOUR, 6 * DAY],
} as const;

/** What orders come to, in minor units, and how often: small, usual, large and rare. */
export const AMOUNTS: readonly { readonly share: number; readonly from: number; readonly to: number }[] = [
  { share: 0.3, from: 450, to: 2500 },
  { share: 0.5, from: 2500, to: 12_000 },
  { share: 0.17, from: 12_000, to: 60_000 },
  { share: 0.03, from: 60_000, to: 480_000 },
];

/** How many orders come in each hour of the day (UTC), relative to each other. */
export const HOURS: readonly number[] = [2, 1, 1, 1, 1, 2, 3, 5, 7, 9, 10, 10, 9, 8, 8, 8, 9, 10, 12, 14, 14, 11, 7, 4];

/** What buyers read on their order; commas and quotes belong to real files. */
export const NOTES: readonly (string | null)[] = [
  null,
  null,
  null,
  "Thank you for your order!",
  "Blue sweater, size M",
  'Poster "Harbour", 50 x 70',
  "Gift wrap; deliver after 5 pm",
];
