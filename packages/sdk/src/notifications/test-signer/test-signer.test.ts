import { X509Certificate } from "node:crypto";
import { expect, it } from "vitest";
import { manualClock } from "../../clock/manual.ts";
import { seededRandom } from "../../random/seeded.ts";
import { verifyNotification } from "../verify.ts";
import { createTestSigner } from "./test-signer.ts";

it("makes certificates that Node understands and verifies", async () => {
  const clock = manualClock(Date.parse("2049-06-01T00:00:00Z"));
  const { trust } = await createTestSigner({ clock });
  const ca = new X509Certificate(trust.ca as string);
  const file = await trust.certificates(new URL("https://notifications.test/signer.pem"), new AbortController().signal);
  const signer = new X509Certificate(file);
  expect(signer.checkIssued(ca)).toBe(true);
  expect(signer.verify(ca.publicKey)).toBe(true);
  expect([ca.ca, signer.ca]).toEqual([true, false]);
  expect(signer.subjectAltName).toBe("DNS:notifications.test");
  // 2050 and later is written in another form.
  expect(signer.validTo).toMatch(/2050 GMT$/);
});

it("signs under a seed and a clock of the test's own", async () => {
  const clock = manualClock(Date.parse("2026-01-01T00:00:00Z"));
  const make = () => createTestSigner({ clock, random: seededRandom(1), version: "2" });
  const [first, second] = [await make(), await make()];
  const body = await first.change();
  expect(JSON.parse(body)).toMatchObject({ Timestamp: "2026-01-01T00:00:00.000Z", SignatureVersion: "2" });
  expect((JSON.parse(body) as { MessageId: string }).MessageId).toBe(
    (JSON.parse(await second.change()) as { MessageId: string }).MessageId,
  );
  await verifyNotification(body, { ...first.trust, clock });
  await expect(verifyNotification(body, { ...second.trust, clock })).rejects.toMatchObject({
    code: "notification.wrong-signature",
  });
});
