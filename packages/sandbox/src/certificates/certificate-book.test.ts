import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CertificateAuthority } from "./certificate-book.ts";

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
});
