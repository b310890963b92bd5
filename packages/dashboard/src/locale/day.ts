import { type Calendar, UTC } from "@amazon-pay-kit/ledger";

/** A day of 24 hours in milliseconds, for ages; a day of the calendar may be an hour longer or shorter. */
export const DAY = 86_400_000;

/** Calendar days from a moment to the day that a bank printed, given as its start in UTC. */
export function daysOnTheWay(calendar: Calendar, from: number, bookedAt: number): number {
  return Math.round((bookedAt - UTC.startOf(calendar.dayOf(from))) / DAY);
}
