import { NotificationError } from "../errors.ts";

/** The one error of the readers in this folder: the file is no certificate as RFC 5280 has it. */
export function unreadable(why: string): NotificationError {
  return new NotificationError(
    "notification.certificate-unreadable",
    `the signing certificate cannot be read: ${why}. The URL must give an X.509 certificate in PEM or DER form.`,
  );
}
