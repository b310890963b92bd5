import { AmazonPay } from "@amazon-pay-kit/sdk";
import { expect, test } from "vitest";
import { createSandbox } from "../service/create-sandbox.ts";
import { requireStrictHeaders, requireTextAmounts } from "./strict-request.ts";

const HEADERS = {
  accept: "application/json",
  "content-type": "application/json",
  "x-amz-pay-date": "20260101T000000Z",
  "x-amz-pay-host": "pay-api.amazon.com",
  "x-amz-pay-region": "na",
  "x-amz-pay-idempotency-key": "k1",
  "x-amz-pay-simulation-code": "SoftDeclined",
};
const signing = (names: string) => ({
  authorization: `AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=A, SignedHeaders=${names}, Signature=x`,
});

const EVERY = Object.keys(HEADERS).filter((name) => !name.endsWith("simulation-code"));

test.each(EVERY)("a request whose signature leaves out %s is refused", (name) => {
  const others = EVERY.filter((each) => each !== name).join(";");
  expect(() => requireStrictHeaders({ headers: { ...HEADERS, ...signing(others) } })).toThrow(`[${name}]`);
});

test("a signature over accept alone is refused, and one over everything is not", () => {
  expect(() => requireStrictHeaders({ headers: { ...HEADERS, ...signing("accept") } })).toThrow("SignedHeaders");
  requireStrictHeaders({ headers: { ...HEADERS, ...signing(EVERY.join(";")) } });
});

test("another content type than JSON is refused", () => {
  const headers = { ...HEADERS, "content-type": "text/plain", ...signing(EVERY.join(";")) };
  expect(() => requireStrictHeaders({ headers })).toThrow("must be application/json");
});

test("an amount that is a number is refused wherever it stands, a text is not", () => {
  requireTextAmounts({ chargeAmount: { amount: "1.00", currencyCode: "USD" } });
  expect(() => requireTextAmounts({ paymentDetails: { chargeAmount: { amount: 1 } } })).toThrow(
    "[paymentDetails.chargeAmount.amount]",
  );
});

test("what the client sends passes in a strict sandbox, also with a simulation code", async () => {
  const sandbox = await createSandbox({ seed: 1, strict: true });
  const [merchant] = sandbox.merchants;
  const pay = new AmazonPay({
    region: "na",
    publicKeyId: merchant?.keys[0]?.publicKeyId ?? "",
    privateKey: merchant?.keys[0]?.privateKeyPem ?? "",
    fetch: sandbox.fetch,
  });
  const order = { merchantId: merchant?.merchantId ?? "", amount: "10.00" };
  const { chargePermissionId } = await sandbox.control("POST", "/charge-permissions", order);
  const chargeAmount = { amount: "10.00", currencyCode: "USD" } as const;
  const charge = await pay.charges.create(
    { chargePermissionId, chargeAmount, captureNow: true },
    { simulate: "CaptureInitiated" },
  );
  expect(charge.statusDetails.state).toBe("CaptureInitiated");
  await sandbox.close();
});
