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

/** An answer of that status, with headers of its own. */
export function answerOf(status: number, text: string, own: Readonly<Record<string, string>> = {}): HandlerAnswer {
  const headers = { "content-type": "text/plain; charset=utf-8", ...own };
  return { status, text, headers: status === 503 ? { ...headers, "retry-after": RETRY_AFTER_SECONDS } : headers };
}

/** The answer to a delivery that was not accepted for that reason. Tells the code alone: the sender may be anybody. */
export const refusalOf = (code: NotificationErrorCode): HandlerAnswer => answerOf(STATUS[code], code);

// Marked as pure, so that a bundle which only verifies notifications has none of them.
export const ACCEPTED = /* @__PURE__ */ answerOf(200, "ok");
export const FAILED = /* @__PURE__ */ answerOf(500, "the notification was not processed; please deliver it again");
export const POST_ONLY = /* @__PURE__ */ answerOf(405, "notifications are posted", { allow: "POST" });
export const CUT_OFF = /* @__PURE__ */ answerOf(400, "the body ended too early");
// The rest of the body is not read, so the connection cannot serve another request.
export const TOO_LONG = /* @__PURE__ */ answerOf(413, "the body is longer than a notification can be", {
  connection: "close",
});
