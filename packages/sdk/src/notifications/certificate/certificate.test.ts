import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Issued, issue } from "../conformance/issued.ts";
import { NotificationError } from "../errors.ts";
import { AMAZON_ROOTS } from "./amazon-roots.ts";
import { readCertificate } from "./certificate.ts";
import { pemOf, readRoots, readCertificates } from "./pem.ts";

const derOf = (pem: string): Uint8Array => new Uint8Array(new X509Certificate(pem).raw);

describe("reading certificates", () => {
  let issued: Issued;
  beforeAll(async () => {
    issued = await issue({ dnsNames: ["sns.amazonaws.com", "localhost"], addresses: ["127.0.0.1", "::1"] });
  });

  it("refuses files that hold no certificate", () => {
    for (const file of ["", "hello", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----", issued.keyPem]) {
      expect(() => readCertificates(file), file.slice(0, 30)).toThrowError(/no certificate in it/);
    }
    expect(() => readCertificates("-----BEGIN CERTIFICATE-----\nA=A\n-----END CERTIFICATE-----")).toThrowError(
      /base64/,
    );
    expect(() => readCertificates(new Uint8Array(70_000))).toThrowError(/more than 65536 bytes/);
    expect(() => readCertificates(issued.pem.repeat(11))).toThrowError(/more than 10 certificates/);
  });

  it("never fails otherwise than with its own error, whatever bytes are changed, cut or added", () => {
    const der = derOf(issued.pem);
    const change = fc.tuple(fc.nat(der.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 5 }), fc.nat(der.length), fc.boolean(), (changes, length, cut) => {
        const altered = new Uint8Array(cut ? der.subarray(0, length) : der);
        for (const [at, byte] of changes) if (at < altered.length) altered[at] = byte;
        try {
          readCertificate(altered);
        } catch (error) {
          if (!(error instanceof NotificationError)) throw error;
          expect(error.code).toBe("notification.certificate-unreadable");
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("refuses what DER forbids", () => {
    const der = derOf(issued.pem);
    expect(() => readCertificate(Uint8Array.from([...der, 0]))).toThrowError(/behind its end/);
    expect(() => readCertificate(der.subarray(0, -1))).toThrowError(/longer than what holds it/);
    expect(() => readCertificate(Uint8Array.of(0x30, 0x80, 0, 0))).toThrowError(/indefinite/);
    expect(() => readCertificate(Uint8Array.of(0x30, 0x81, 0x01, 0))).toThrowError(/fewest bytes/);
    expect(() => readCertificate(Uint8Array.of(0x3f, 0x81, 0x01, 0))).toThrowError(/several bytes/);
  });

  it("reads what Node reads", () => {
    const [certificate] = readCertificates(issued.pem);
    const node = new X509Certificate(issued.pem);
    expect(certificate.notBefore).toBe(Date.parse(node.validFrom));
    expect(certificate.notAfter).toBe(Date.parse(node.validTo));
    expect(certificate.publicKey).toMatchObject({ type: "rsa", bits: 2048 });
    expect(Buffer.from(certificate.publicKey.spki)).toEqual(node.publicKey.export({ type: "spki", format: "der" }));
    expect(certificate.dnsNames).toEqual(["sns.amazonaws.com", "localhost"]);
    expect(certificate.addresses).toEqual(["127.0.0.1", "[::1]"]);
    expect(certificate.commonNames).toEqual(["sns.amazonaws.com"]);
    expect(certificate.keyUsage).toEqual({ digitalSignature: true, certificateSigning: false });
    expect(certificate.authority).toBe(false);
    expect(readCertificates(derOf(issued.pem))[0].signedPart).toHaveLength(certificate.signedPart.length);
    expect(new X509Certificate(pemOf(certificate.encoded)).fingerprint256).toBe(node.fingerprint256);
  });

  it("reads every root certificate of this machine as Node reads it, or says why not", () => {
    const refused: string[] = [];
    for (const pem of rootCertificates) {
      const node = new X509Certificate(pem);
      try {
        const [certificate] = readCertificates(pem);
        expect(certificate.notAfter, node.subject).toBe(Date.parse(node.validTo));
        expect(Buffer.from(certificate.publicKey.spki)).toEqual(node.publicKey.export({ type: "spki", format: "der" }));
        expect(certificate.authority, node.subject).toBe(node.ca);
        const { modulusLength } = node.publicKey.asymmetricKeyDetails ?? {};
        if (certificate.publicKey.type === "rsa") expect(certificate.publicKey.bits).toBe(modulusLength);
      } catch (error) {
        if (!(error instanceof NotificationError)) throw error;
        refused.push(error.message);
      }
    }
    expect(rootCertificates.length).toBeGreaterThan(100);
    expect(refused.filter((why) => !/not of version 3|neither RSA nor/.test(why))).toEqual([]);
    expect(refused.length).toBeLessThan(10);
  });

  it("has Amazon's roots as every machine has them", () => {
    const source = readFileSync(new URL("amazon-roots.ts", import.meta.url), "utf8");
    const published = Array.from(source.matchAll(/: ([0-9a-f]{64})$/gm), ([, fingerprint]) => fingerprint);
    const known = rootCertificates
      .map((pem) => new X509Certificate(pem))
      .filter(({ fingerprint256 }) => published.includes(fingerprint256.replaceAll(":", "").toLowerCase()))
      .map(({ raw }) => Buffer.from(readCertificate(raw).signedPart).toString("hex"));
    const ours = readRoots(AMAZON_ROOTS).map(({ signedPart }) => Buffer.from(signedPart).toString("hex"));
    expect(ours).toHaveLength(5);
    expect(ours.toSorted()).toEqual(known.toSorted());
  });
});
