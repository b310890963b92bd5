import { fromBase64, toBase64 } from "../../base64.ts";
import { type Certificate, readCertificate, readSignedPart } from "./certificate.ts";
import { unreadable } from "./unreadable.ts";
import { isText } from "../../kind.ts";

const BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;
const MOST_CERTIFICATES = 10;
const MAX_BYTES = 65_536;
const DER_SEQUENCE = 0x30;

/** A certificate in the text form of files. */
export function pemOf(der: Uint8Array): string {
  const lines = toBase64(der).replaceAll(/(.{64})(?=.)/g, "$1\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/**
 * Reads the certificates of a file: one in DER, or one or several in PEM, the first being the signer's.
 *
 * @throws NotificationError `notification.certificate-unreadable`, also for more than 10 certificates or 64 KiB
 */
export function readCertificates(file: Uint8Array | string): readonly [Certificate, ...Certificate[]] {
  if (file.length > MAX_BYTES) throw unreadable(`it has more than ${MAX_BYTES} bytes`);
  if (!isText(file) && file[0] === DER_SEQUENCE) return [readCertificate(file)];
  const text = isText(file) ? file : new TextDecoder().decode(file);
  const blocks = [...text.matchAll(BLOCK)];
  if (blocks.length > MOST_CERTIFICATES) throw unreadable(`it has more than ${MOST_CERTIFICATES} certificates`);
  const [first, ...others] = blocks.map(([, base64 = ""]) => readCertificate(bytesOfBlock(base64)));
  if (first === undefined) throw unreadable("there is no certificate in it");
  return [first, ...others];
}

/** Roots that are kept as the base64 of their signed parts, with a comma between. */
export const readRoots = (list: string): Certificate[] =>
  list.split(",").map((each) => readSignedPart(bytesOfBlock(each)));

function bytesOfBlock(base64: string): Uint8Array {
  const bytes = fromBase64(base64.replaceAll(/\s/g, ""));
  if (bytes === undefined) throw unreadable("its base64 is broken");
  return bytes;
}
