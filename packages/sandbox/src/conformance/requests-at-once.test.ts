import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { signedCaller, type SignedAnswer, type SignedCaller } from "../testing/index.ts";

const START = Date.UTC(2026, 0, 10);

const outcome = ({ status, body }: SignedAnswer): string => {
  const { reasonCode, statusDetails } = body as { reasonCode?: string; statusDetails?: { state?: string } };
  return `${status} ${reasonCode ?? statusDetails?.state ?? ""}`;
};

describe("requests at the same time", () => {
  const price = { amount: "10.00", currencyCode: "USD" };
  let own: Sandbox;
  let calls: SignedCaller;
  let chargePermissionId: string;
  beforeAll(async () => {
    own = await createSandbox({ seed: 1, clock: manualClock(START) });
    calls = signedCaller(own);
    const merchantId = own.merchants[0]?.merchantId ?? "";
    ({ chargePermissionId } = await own.control("POST", "/charge-permissions", { merchantId, amount: "10.00" }));
  });
  const all = async (count: number, one: (number: number) => Promise<SignedAnswer>): Promise<string[]> =>
    (await Promise.all(Array.from({ length: count }, (_, number) => one(number)))).map(outcome).toSorted();

  it("one of many charges of a permission is made, one of many captures and of many refunds", async () => {
    const refused = (count: number, reason: string): string[] => Array.from({ length: count }, () => `422 ${reason}`);
    expect(await all(5, () => calls("POST", "/v2/charges", { chargePermissionId, chargeAmount: price }))).toEqual([
      "201 Authorized",
      ...refused(4, "InvalidChargePermissionStatus"),
    ]);
    const [made] = own.engine.state.charges.under("permission", chargePermissionId);
    const chargeId = made?.chargeId ?? "";
    expect(await all(5, () => calls("POST", `/v2/charges/${chargeId}/capture`, { captureAmount: price }))).toEqual([
      "200 Captured",
      ...refused(4, "InvalidChargeStatus"),
    ]);
    expect(await all(3, () => calls("POST", "/v2/refunds", { chargeId, refundAmount: price }))).toEqual([
      "201 RefundInitiated",
      "400 TransactionAmountExceeded",
      "400 TransactionAmountExceeded",
    ]);
  });

  it("calls while the clock moves find their permission open, or over", async () => {
    const merchantId = own.merchants[0]?.merchantId ?? "";
    const made = await own.control("POST", "/charge-permissions", { merchantId, amount: "10.00" });
    const body = { chargePermissionId: made.chargePermissionId, chargeAmount: price };
    const waiting = all(3, () => calls("POST", "/v2/charges", body));
    await own.clock.advance("P200D");
    const answers = await waiting;
    // Whichever came first: the permission was there, or had ended; nothing in between.
    for (const answer of answers) expect(answer).toMatch(/^(201 Authorized|422 InvalidChargePermissionStatus)$/);
    expect(outcome(await calls("POST", "/v2/charges", body))).toBe("422 InvalidChargePermissionStatus");
    expect(own.failures).toEqual([]);
  });

  it("of two faults that fit, the first that is due strikes, and each counts its own calls", async () => {
    const match = { path: "/v2/chargePermissions" };
    await own.control("POST", "/faults", { fault: "status", status: 503, match, skip: 1 });
    await own.control("POST", "/faults", { fault: "throttle", match, times: 2 });
    const answers: string[] = [];
    for (let count = 0; count < 5; count += 1)
      answers.push(outcome(await calls("GET", `/v2/chargePermissions/${chargePermissionId}`)));
    expect(answers).toEqual([
      "429 TooManyRequests",
      "503 ServiceUnavailable",
      "429 TooManyRequests",
      "200 Closed",
      "200 Closed",
    ]);
  });
});
