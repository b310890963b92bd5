import { NotificationError } from "./errors.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** How old a message may be when nothing else is asked for: see decisions/0006-notification-window.md. */
export const DEFAULT_MAX_AGE = 14 * DAY + 60 * MINUTE;

/** How far a message may lie in the future when nothing else is asked for. */
export const DEFAULT_MAX_SKEW = 5 * MINUTE;

/** The window of time in which a message is accepted. */
export interface WindowOptions {
  /**
   * How old a message may be, in milliseconds. Default: 14 days and an hour, the longest that Amazon Pay is said to
   * repeat a delivery. A repeated delivery keeps its first timestamp, so a narrow window loses messages after a failure;
   * replays are what `replayStore` is for.
   */
  readonly maxAgeMs?: number;
  /** How far a message may lie in the future, in milliseconds. Default: 5 minutes. */
  readonly maxSkewMs?: number;
}

/**
 * Checks the age of a message.
 *
 * @param timestamp when SNS accepted it, ISO 8601
 * @throws NotificationError `notification.outside-window`
 */
export function checkWindow(timestamp: string, now: number, options: WindowOptions): void {
  const age = now - Date.parse(timestamp);
  const tooOld = age > (options.maxAgeMs ?? DEFAULT_MAX_AGE);
  if (!tooOld && age >= -(options.maxSkewMs ?? DEFAULT_MAX_SKEW)) return;
  throw new NotificationError(
    "notification.outside-window",
    `the notification is of ${timestamp}, ${tooOld ? "too old" : "in the future"} at ` +
      `${new Date(now).toISOString()}: check this machine's clock, or the options \`maxAgeMs\` and \`maxSkewMs\``,
  );
}
