import { AmazonPay } from "@amazon-pay-kit/sdk";
import { expect, test } from "vitest";
import { createSandbox } from "../service/create-sandbox.ts";
import { requireStrictHeaders, requireTextAmounts } from "./strict-request.ts";

const HEADERS = {
  accept: "application/json",
  "content-type": "application/json",
  "x-amz-pay-date": "20260101T000000Z",
  "x-amz-pay-simulation-code": "SoftDeclined",
};
const signing = (names: string) => ({
  authorization: `AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=A, SignedHeaders=${names}, Signature=x`,
});

test.each([
  ["content-type;x-amz-pay-date", HEADERS, "[accept]"],
  ["accept;x-amz-pay-date", HEADERS, "[content-type]"],
  ["accept;content-type", HEADERS, "[x-amz-pay-date]"],
  ["accept;content-type;x-amz-pay-date", { ...HEADERS, "content-type": "text/plain" }, "must be application/json"],
])("a signature over %s with %j is refused", (names, headers, message) => {
  expect(() => requireStrictHeaders({ headers: { ...headers, ...signing(names) } })).toThrow(message);
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
