import { spawnSync } from "node:child_process";
import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCertificate } from "../../../sdk/src/notifications/certificate/certificate.ts";
import { CertificateAuthority } from "./certificate-book.ts";
import { issueCertificate } from "./issue.ts";

const NOW = Date.UTC(2026, 10, 20);

describe("CertificateAuthority", () => {
  it("issues server certificates that name hosts and addresses and verify against it", async () => {
    const authority = await CertificateAuthority.make();
    const ca = new X509Certificate(authority.pair.certificatePem);
    const pair = await authority.issueForServer(["localhost", "127.0.0.1", "::1", "pay-api.amazon.com"], NOW);
    const leaf = new X509Certificate(pair.certificatePem);
    expect(ca.ca).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.checkIssued(ca)).toBe(true);
    expect(leaf.verify(ca.publicKey)).toBe(true);
    expect(leaf.checkHost("pay-api.amazon.com")).toBe("pay-api.amazon.com");
    expect(leaf.checkHost("pay-api.amazon.example")).toBeUndefined();
    expect(leaf.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(leaf.checkIP("::1")).toBeDefined();
    expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBeLessThanOrEqual(398 * 86_400_000);
  });

  it("issues RSA certificates with SHA-256 for signing", async () => {
    const authority = await CertificateAuthority.make();
    const leaf = new X509Certificate((await authority.issueForSigning(["127.0.0.1"])).certificatePem);
    expect(leaf.publicKey.asymmetricKeyType).toBe("rsa");
    expect(leaf.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(leaf.verify(new X509Certificate(authority.pair.certificatePem).publicKey)).toBe(true);
  });

  it("issues what OpenSSL accepts by its strict rules, for every form of name and address", async () => {
    const folder = mkdtempSync(join(tmpdir(), "apay-authority-"));
    try {
      const authority = await CertificateAuthority.make();
      const addresses = ["127.0.0.1", "255.0.128.1", "::1", "::", "2001:db8::ff00:42:8329", "1::", "::ffff:192.0.2.1"];
      const hosts = ["localhost", "pay-api.amazon.com", `${"a".repeat(60)}.${"b".repeat(60)}.example`, ...addresses];
      const { certificatePem, pkcs8Pem } = await authority.issueForServer(hosts, NOW);
      const leaf = new X509Certificate(certificatePem);
      for (const host of hosts)
        expect(isIP(host) === 0 ? leaf.checkHost(host) : leaf.checkIP(host), host).toBeDefined();
      expect(leaf.checkPrivateKey(createPrivateKey(pkcs8Pem))).toBe(true);
      expect(leaf.raw.equals(new X509Certificate(leaf.toString()).raw)).toBe(true);
      writeFileSync(join(folder, "ca.pem"), authority.pair.certificatePem);
      writeFileSync(join(folder, "leaf.pem"), certificatePem);
      const strict = ["verify", "-x509_strict", "-purpose", "sslserver", "-attime", String(NOW / 1000)];
      const openssl = spawnSync("openssl", [...strict, "-CAfile", "ca.pem", "leaf.pem"], {
        cwd: folder,
        encoding: "utf8",
      });
      // Where there is no OpenSSL, node:crypto's word above has to do.
      if (openssl.error === undefined) expect(openssl.stdout + openssl.stderr).toMatch(/^leaf\.pem: OK/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("writes years from 2050 on, and refers to its issuer byte for byte, whoever wrote that", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
    const until = Date.UTC(2062, 5, 1);
    const parts = { publicKey, usage: ["certificateSigning"], authority: true } as const;
    const ca = issueCertificate(
      { ...parts, commonName: "Übung", from: NOW, until },
      { key: privateKey, hash: "sha384" },
    );
    const issuer = { key: privateKey, certificatePem: ca };
    const leaf = new X509Certificate(
      issueCertificate({ ...parts, commonName: "x", from: NOW, until, authority: false, usage: [] }, issuer),
    );
    expect(Date.parse(leaf.validTo)).toBe(until);
    expect(leaf.checkIssued(new X509Certificate(ca))).toBe(true);
    expect(leaf.verify(publicKey)).toBe(true);
    expect(readCertificate(new Uint8Array(leaf.raw))).toMatchObject({ commonNames: ["x"], notAfter: until });
  });
});
