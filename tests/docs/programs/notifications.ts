import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { control, type Drive } from "./facts.ts";

interface Page {
  handler(
    pay: AmazonPay,
    merchantId: string,
    database: { query(text: string, values?: unknown[]): Promise<{ rows: unknown[]; rowCount: number }> },
    queue: { add(objectType: string, objectId: string): Promise<void> },
  ): (request: Request) => Promise<Response>;
  movedOn(pay: AmazonPay, openChargeIds: Iterable<string>): Promise<Map<string, string>>;
}

/** A forged message, and the daily look at what is open. */
export const drive: Drive = async (blocks, facts) => {
  const { handler, movedOn } = blocks as unknown as Page;
  const { merchantId, publicKeyId, privateKeyFile } = facts.merchants["na"]!;
  const privateKey = readFileSync(privateKeyFile, "utf8");
  const pay = new AmazonPay({ region: "na", publicKeyId, privateKey, baseUrl: facts.http });
  const asked: string[] = [];
  const queued: string[] = [];
  const handle = handler(
    pay,
    merchantId,
    { query: (text) => Promise.resolve({ rows: [], rowCount: asked.push(text) }) },
    { add: (_, objectId) => Promise.resolve(void queued.push(objectId)) },
  );
  const forged = new Request("https://shop.example/ipn", { method: "POST", body: '{"Type":"Notification"}' });
  const error = console.error;
  console.error = () => undefined;
  assert.equal((await handle(forged)).ok, false);
  console.error = error;
  assert.deepEqual([asked, queued], [[], []]);

  const charge = async (captureNow: boolean): Promise<string> => {
    const { chargePermissionId = "" } = await control(facts, "/charge-permissions", { merchantId, amount: "10.00" });
    const chargeAmount = { amount: "10.00", currencyCode: "USD" } as const;
    return (await pay.charges.create({ chargePermissionId, chargeAmount, captureNow })).chargeId;
  };
  const [open, captured, gone] = [await charge(false), await charge(true), "S01-0000000-0000000-C000000"];
  assert.deepEqual(
    [...(await movedOn(pay, [open, captured, gone]))],
    [
      [captured, "Captured"],
      [gone, "gone"],
    ],
  );
  pay.close();
};
