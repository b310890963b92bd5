import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** A certificate with its key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const size =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const hex = (text: string): Buffer => Buffer.from(text, "hex");
const SHA256_RSA = der(0x30, der(0x06, hex("2a864886f70d01010b")), der(0x05));
const name = (common: string): Buffer =>
  der(0x30, der(0x31, der(0x30, der(0x06, hex("550403")), der(0x0c, Buffer.from(common)))));
const time = (year: number): Buffer => der(0x18, Buffer.from(`${year}0101000000Z`));
const extension = (oid: string, critical: boolean, value: Buffer): Buffer =>
  der(0x30, der(0x06, hex(oid)), ...(critical ? [der(0x01, hex("ff"))] : []), der(0x04, value));

function certificate(
  subject: string,
  subjectKey: KeyObject,
  issuer: string,
  issuerKey: KeyObject,
  serial: number,
  extensions: readonly Buffer[],
): string {
  const body = der(
    0x30,
    der(0xa0, der(0x02, hex("02"))),
    der(0x02, Buffer.from([serial])),
    SHA256_RSA,
    name(issuer),
    der(0x30, time(2020), time(2120)),
    name(subject),
    createPublicKey(subjectKey).export({ type: "spki", format: "der" }),
    der(0xa3, der(0x30, ...extensions)),
  );
  const whole = der(0x30, body, SHA256_RSA, der(0x03, hex("00"), sign("sha256", body, issuerKey)));
  return `-----BEGIN CERTIFICATE-----\n${whole
    .toString("base64")
    .match(/.{1,64}/g)
    ?.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** An authority of one's own, and a certificate of it for `localhost` and, if wanted, `127.0.0.1`: for tests against real TLS. */
export function localCertificates(withAddress = true): { readonly ca: string; readonly server: Certificate } {
  const authority = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const leaf = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const basicConstraints = extension("551d13", true, der(0x30, der(0x01, hex("ff"))));
  const keyUsage = extension("551d0f", true, der(0x03, hex("0106")));
  const names = der(
    0x30,
    der(0x82, Buffer.from("localhost")),
    ...(withAddress ? [der(0x87, Buffer.from([127, 0, 0, 1]))] : []),
  );
  return {
    ca: certificate("Test authority", authority, "Test authority", authority, 1, [basicConstraints, keyUsage]),
    server: {
      cert: certificate("localhost", leaf, "Test authority", authority, 2, [extension("551d11", false, names)]),
      key: leaf.export({ type: "pkcs8", format: "pem" }) as string,
    },
  };
}
