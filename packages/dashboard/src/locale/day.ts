/** A day in milliseconds; the dashboard goes by days of UTC, which are all as long. */
export const DAY = 86_400_000;
