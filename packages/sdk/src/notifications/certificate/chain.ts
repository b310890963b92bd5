import { NotificationError } from "../errors.ts";
import { type Certificate, sameBytes } from "./certificate.ts";
import { isSignedWith } from "./issued-by.ts";

/** What a chain is checked against. */
export interface ChainQuestion {
  readonly signer: Certificate;
  /** Authorities that may lie between signer and root, in any order. */
  readonly between: readonly Certificate[];
  readonly roots: readonly Certificate[];
  /** The moment, in milliseconds since 1970. */
  readonly now: number;
}

const DEEPEST = 4;
const SMALLEST_RSA_KEY = 2048;

function untrusted(why: string): NotificationError {
  return new NotificationError(
    "notification.untrusted-certificate",
    `the signing certificate is not trusted: ${why}. Nothing in the notification has been believed.`,
  );
}

const iso = (time: number): string => new Date(time).toISOString();

/**
 * Checks what is true of a signer's certificate by itself: its dates, the kind, size and use of its key.
 *
 * @throws NotificationError `notification.untrusted-certificate`
 */
export function checkSigner(signer: Certificate, now: number): void {
  const { notBefore, notAfter, publicKey } = signer;
  if (now < notBefore) throw untrusted(`it is valid only from ${iso(notBefore)}; check this machine's clock`);
  if (now > notAfter) throw untrusted(`it expired at ${iso(notAfter)}; check this machine's clock`);
  if (publicKey.type !== "rsa") throw untrusted("SNS signs with RSA, and its key is of another kind");
  if (!isStrong(signer)) throw untrusted(`its RSA key has only ${publicKey.bits} bits`);
  if (signer.forServers === false) throw untrusted("it was issued for other purposes than servers");
  if (signer.keyUsage?.digitalSignature === false) throw untrusted("its key may not be used for signatures");
}

/** Whether one of the certificates claims to be the issuer of this one, or is this one. */
export function hasIssuerAmong(child: Certificate, others: readonly Certificate[]): boolean {
  return others.some((other) => sameBytes(other.subject, child.issuer) || sameBytes(other.encoded, child.encoded));
}

/** Whether the certificate of an issuer is the one that a certificate means: of the same name there may be several keys. */
function isMeant({ authorityKey: { keyId, serial, issuer } }: Certificate, authority: Certificate): boolean {
  const { subjectKeyId } = authority;
  return (
    (keyId === undefined || subjectKeyId === undefined || sameBytes(keyId, subjectKeyId)) &&
    (serial === undefined || sameBytes(serial, authority.serial)) &&
    (issuer === undefined || sameBytes(issuer, authority.issuer))
  );
}

/** Whether a certificate may issue others, with this many authorities already below it. */
function mayIssue(authority: Certificate, below: number, now: number): boolean {
  const { keyUsage, pathLength, forServers } = authority;
  if (forServers === false) return false;
  if (!authority.authority || keyUsage?.certificateSigning === false) return false;
  if (pathLength !== undefined && below > pathLength) return false;
  return now >= authority.notBefore && now <= authority.notAfter && isStrong(authority);
}

const isStrong = ({ publicKey }: Certificate): boolean => publicKey.type === "ec" || publicKey.bits >= SMALLEST_RSA_KEY;

async function leadsToRoot(child: Certificate, depth: number, question: ChainQuestion): Promise<boolean> {
  const isIssuer = async (authority: Certificate): Promise<boolean> =>
    sameBytes(authority.subject, child.issuer) &&
    isMeant(child, authority) &&
    mayIssue(authority, depth, question.now) &&
    (await isSignedWith(child, authority.publicKey));
  for (const root of question.roots) if (await isIssuer(root)) return true;
  if (depth >= DEEPEST) return false;
  for (const authority of question.between) {
    if ((await isIssuer(authority)) && (await leadsToRoot(authority, depth + 1, question))) return true;
  }
  return false;
}

/**
 * Proves that the signer's certificate leads to a trusted root (RFC 5280 6, without policies and revocation: SNS
 * publishes neither for its signing certificates). A certificate that is itself among the roots is trusted as it is.
 *
 * @throws NotificationError `notification.untrusted-certificate`
 */
export async function checkChain(question: ChainQuestion): Promise<void> {
  const { signer, roots } = question;
  if (roots.some((root) => sameBytes(root.encoded, signer.encoded))) return;
  if (signer.authority) throw untrusted("it is a certificate authority, not the certificate of a signer");
  if (!(await leadsToRoot(signer, 0, question))) {
    throw untrusted("no valid chain leads from it to a trusted root (option `ca` or `roots` names others)");
  }
}
