import { AmazonPayError, type AmazonPayErrorOptions } from "../errors/amazon-pay-error.ts";

/**
 * Stable codes of what can be wrong with a notification. Those marked *temporary* are worth another delivery: a handler
 * answers them with 503, all others with 400 or 403.
 */
export type NotificationErrorCode =
  /** The body is no SNS envelope: not JSON, a member missing, of another kind or in another form. */
  | "notification.unreadable-envelope"
  /** The envelope is genuine, but its message is none that Amazon Pay sends. */
  | "notification.unreadable-message"
  /** The address of the certificate is not one that SNS uses. */
  | "notification.untrusted-url"
  /** *Temporary.* The certificate or the certificate of its issuer could not be fetched. */
  | "notification.certificate-unreachable"
  /** What the address gave is no certificate. */
  | "notification.certificate-unreadable"
  /** The certificate is expired or not yet valid, for another name, too weak, or does not lead to a trusted root. */
  | "notification.untrusted-certificate"
  /** The signature does not fit the envelope. */
  | "notification.wrong-signature"
  /** The envelope is older, or further in the future, than the window allows. */
  | "notification.outside-window"
  /** The topic or the merchant is none of those that were asked for. */
  | "notification.not-for-you"
  /** The message was dealt with before. */
  | "notification.repeated"
  /** *Temporary.* Another process is dealing with the message at this moment. */
  | "notification.in-progress"
  /** *Temporary.* The work failed; thrown by the Lambda handler, so that Lambda tries again. */
  | "notification.not-processed"
  /** An option makes no sense. */
  | "notification.bad-option"
  /** The subscription could not be confirmed. */
  | "notification.unconfirmed";

/**
 * A notification that was not accepted. The message names what was wrong and what to do; it never holds the
 * notification's own text.
 */
export class NotificationError extends AmazonPayError {
  override name = "NotificationError";
  declare readonly code: NotificationErrorCode;

  constructor(code: NotificationErrorCode, message: string, options: AmazonPayErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}
