/** A day of 24 hours in milliseconds, for ages; a day of the calendar may be an hour longer or shorter. */
export const DAY = 86_400_000;
