import type { NotificationErrorCode } from "../errors.ts";

/** What the delivering service is told. It repeats a delivery after 5xx, and never after 4xx (docs/amazon-pay/notifications.md). */
export interface HandlerAnswer {
  /** HTTP status; 200 where the message needs not come again. */
  readonly status: number;
  /** Headers of the answer, by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** One line of text without anything from the notification. */
  readonly text: string;
}

/** Statuses by error: 5xx where another delivery can succeed, 4xx where it cannot, 200 where it need not. */
const STATUS: Readonly<Record<NotificationErrorCode, number>> = {
  "notification.unreadable-envelope": 400,
  "notification.unreadable-message": 400,
  "notification.untrusted-url": 403,
  "notification.certificate-unreachable": 503,
  "notification.certificate-unreadable": 403,
  "notification.untrusted-certificate": 403,
  "notification.wrong-signature": 403,
  "notification.outside-window": 403,
  "notification.not-for-you": 403,
  "notification.repeated": 200,
  "notification.in-progress": 503,
  "notification.unconfirmed": 503,
  "notification.not-processed": 503,
  "notification.bad-option": 500,
};

const RETRY_AFTER_SECONDS = "60";

/** Bytes that a body may have. SNS sends at most 256 KiB of message, which JSON can make longer. */
export const LONGEST_BODY = 1_048_576;

/** An answer of that status. */
export function answerOf(status: number, text: string): HandlerAnswer {
  const type = { "content-type": "text/plain; charset=utf-8" };
  return { status, text, headers: status === 503 ? { ...type, "retry-after": RETRY_AFTER_SECONDS } : type };
}

/** The answer to a delivery that was not accepted for that reason. Tells the code alone: the sender may be anybody. */
export const refusalOf = (code: NotificationErrorCode): HandlerAnswer => answerOf(STATUS[code], code);

export const ACCEPTED = answerOf(200, "ok");
export const FAILED = answerOf(500, "the notification was not processed; please deliver it again");
export const POST_ONLY: HandlerAnswer = {
  ...answerOf(405, "notifications are posted"),
  headers: { "content-type": "text/plain; charset=utf-8", allow: "POST" },
};
export const CUT_OFF = answerOf(400, "the body ended too early");

const tooLong = answerOf(413, "the body is longer than a notification can be");
// The rest of the body is not read, so the connection cannot serve another request.
export const TOO_LONG: HandlerAnswer = { ...tooLong, headers: { ...tooLong.headers, connection: "close" } };
