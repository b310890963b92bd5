/** Kinds of message that SNS delivers to an HTTPS endpoint. */
export type EnvelopeType = "Notification" | "SubscriptionConfirmation" | "UnsubscribeConfirmation";

/**
 * What SNS delivers (docs/amazon-pay/notifications.md), with its members spelled as SNS spells them. Every member has been checked for its
 * form, nothing for its truth.
 */
export interface SnsEnvelope {
  /** `Notification`, or a message about the subscription itself. */
  readonly Type: EnvelopeType;
  /** A UUID, the same for every delivery of the message. */
  readonly MessageId: string;
  /** `arn:aws:sns:<region>:<account>:<name>`. */
  readonly TopicArn: string;
  /** For Amazon Pay a JSON text. */
  readonly Message: string;
  /** Signed where it is there; Amazon Pay sends none. */
  readonly Subject?: string;
  /** ISO 8601 with milliseconds, UTC. */
  readonly Timestamp: string;
  /** `1`: SHA-1, `2`: SHA-256. */
  readonly SignatureVersion: string;
  /** Base64. */
  readonly Signature: string;
  /** Where the certificate is; used only if its host is one of SNS. */
  readonly SigningCertURL: string;
  /** Not signed, and not used. */
  readonly UnsubscribeURL?: string;
  /** In confirmations only. */
  readonly Token?: string;
  /** In confirmations only: the address whose call confirms. */
  readonly SubscribeURL?: string;
}

/** The members of an envelope that are signed, and so are needed to sign one. */
export type UnsignedEnvelope = Omit<SnsEnvelope, "Signature" | "SigningCertURL" | "SignatureVersion">;
