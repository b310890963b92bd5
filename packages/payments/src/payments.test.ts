import { AmazonPay } from "@amazon-pay-kit/sdk";
import { useSandbox } from "@amazon-pay-kit/sandbox/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type PaymentRecord,
  cancelPayment,
  capturePayment,
  chargeSaved,
  finishPayment,
  isFurtherPart,
  markText,
  readRecord,
  refundPayment,
  refreshPayment,
  stepOf,
  undoPayment,
} from "./index.ts";

const service = useSandbox({ beforeAll, afterAll, beforeEach }, { processing: "straight" });
const amount = { amount: "30.00", currencyCode: "EUR" } as const;
let pay: AmazonPay;
beforeEach(() => {
  pay = new AmazonPay(service.client({ region: "eu" }));
});

type Intent = "Authorize" | "AuthorizeWithCapture" | "Confirm";
interface Checkout {
  readonly reference?: string;
  readonly customer?: string;
  readonly intent?: Intent;
  readonly type?: "OneTime" | "Recurring" | "PaymentMethodOnFile";
  readonly instrument?: string;
  readonly pending?: boolean;
}

const kindOf = (type: Checkout["type"]) => {
  if (type === "Recurring")
    return { chargePermissionType: type, recurringMetadata: { frequency: { unit: "Month", value: 1 } } } as const;
  if (type === "PaymentMethodOnFile")
    return { chargePermissionType: type, paymentMethodOnFileMetadata: { setupOnly: false } } as const;
  return { chargePermissionType: "OneTime" } as const;
};

/** A buyer has gone through the pages and comes back. */
async function approved(checkout: Checkout = {}): Promise<string> {
  const { reference = "order-1", customer, intent = "Authorize", type = "OneTime", instrument, pending } = checkout;
  const { storeId } = service.sandbox.merchants.find(({ region }) => region === "eu")!;
  const { checkoutSessionId } = await pay.checkoutSessions.create({
    storeId,
    webCheckoutDetails: {
      checkoutReviewReturnUrl: "https://shop.example/review",
      checkoutResultReturnUrl: "https://shop.example/result",
    },
    ...kindOf(type),
    paymentDetails: {
      paymentIntent: intent,
      chargeAmount: amount,
      ...(pending === true && { canHandlePendingAuthorization: true }),
    },
    merchantMetadata: { customInformation: markText({ reference, customer }) },
  });
  await service.payThrough(checkoutSessionId, instrument);
  return checkoutSessionId;
}

async function paid(checkout: Checkout = {}): Promise<PaymentRecord> {
  const checkoutSessionId = await approved(checkout);
  const { record } = await finishPayment(pay, {
    checkoutSessionId,
    amount,
    reference: checkout.reference ?? "order-1",
  });
  return record!;
}

const capturedAtAmazon = async (record: PaymentRecord): Promise<(string | undefined)[]> =>
  Promise.all(record.charges.map(async ({ chargeId }) => (await pay.charges.retrieve(chargeId)).captureAmount?.amount));

describe("finishPayment", () => {
  test("gives a record that survives JSON, and the same one again", async () => {
    const checkoutSessionId = await approved();
    const first = await finishPayment(pay, { checkoutSessionId, amount, reference: "order-1" });
    expect(first.outcome.outcome).toBe("authorized");
    expect(stepOf(first.record!)).toBe("authorized");
    expect(readRecord(JSON.parse(JSON.stringify(first.record)))).toEqual(first.record);
    const again = await finishPayment(pay, { checkoutSessionId, amount, reference: "order-1" });
    expect(again.record).toEqual(first.record);
  });

  test("refuses a session of another order, before and after it is complete, and one that is not marked", async () => {
    const checkoutSessionId = await approved();
    const other = { checkoutSessionId, amount, reference: "order-2" };
    await expect(finishPayment(pay, other)).rejects.toMatchObject({ code: "payment.not-yours" });
    expect((await pay.checkoutSessions.retrieve(checkoutSessionId)).statusDetails.state).toBe("Open");
    await finishPayment(pay, { ...other, reference: "order-1" });
    await expect(finishPayment(pay, other)).rejects.toMatchObject({ code: "payment.not-yours" });
  });

  test("refuses another amount, also when the session is complete", async () => {
    const checkoutSessionId = await approved();
    const cheap = { checkoutSessionId, amount: { ...amount, amount: "3.00" }, reference: "order-1" };
    await expect(finishPayment(pay, cheap)).rejects.toThrow();
    await finishPayment(pay, { ...cheap, amount });
    await expect(finishPayment(pay, cheap)).rejects.toMatchObject({ code: "payment.amount" });
  });

  test("knows a payment that is captured at once, one that is pending, one that only confirms, and a decline", async () => {
    expect(stepOf(await paid({ intent: "AuthorizeWithCapture" }))).toBe("captured");
    expect(stepOf(await paid({ pending: true, instrument: "0701" }))).toBe("pending");
    expect(stepOf(await paid({ intent: "Confirm" }))).toBe("none");
    const checkoutSessionId = await approved({ instrument: "3434" });
    const { outcome, record } = await finishPayment(pay, { checkoutSessionId, amount, reference: "order-1" });
    expect([outcome.outcome, record && stepOf(record)]).toEqual(["declined", null]);
  });
});

describe("capturePayment", () => {
  test("captures in parts: the first of the charge, the others as charges of their own", async () => {
    const record = await paid();
    const first = await capturePayment(pay, record, { amount: "10.00", key: "a" });
    expect(stepOf(first)).toBe("partially-captured");
    const second = await capturePayment(pay, first, { amount: "5.50", key: "b" });
    const last = await capturePayment(pay, second, { key: "c" });
    expect(stepOf(last)).toBe("captured");
    expect(last.charges.map(({ captured, capture }) => [captured, capture])).toEqual([
      ["10.00", "a"],
      ["5.50", "b"],
      ["14.50", "c"],
    ]);
    expect(await capturedAtAmazon(last)).toEqual(["10.00", "5.50", "14.50"]);
    const charges = await Promise.all(last.charges.map(({ chargeId }) => pay.charges.retrieve(chargeId)));
    expect(charges.map(({ merchantMetadata }) => isFurtherPart(merchantMetadata))).toEqual([false, true, true]);
    await expect(capturePayment(pay, last, { amount: "0.01", key: "d" })).rejects.toMatchObject({
      code: "payment.exceeds",
    });
  });

  test("does nothing twice under one key, whether or not the answer was kept", async () => {
    const record = await paid();
    const first = await capturePayment(pay, record, { amount: "10.00", key: "a" });
    expect(await capturePayment(pay, first, { amount: "10.00", key: "a" })).toBe(first);
    expect(await capturePayment(pay, record, { amount: "10.00", key: "a" })).toEqual(first);
    const second = await capturePayment(pay, first, { amount: "5.00", key: "b" });
    expect(await capturePayment(pay, first, { amount: "5.00", key: "b" })).toEqual(second);
  });

  test.each(["0.00", "30.01", "-1.00"])("refuses %s of 30.00, and nothing is moved", async (wrong) => {
    const record = await paid();
    const refused = capturePayment(pay, record, { amount: wrong, key: "a" });
    await expect(refused).rejects.toMatchObject({ code: "payment.exceeds", remedy: "capture at most what is left" });
    expect(await capturedAtAmazon(record)).toEqual([undefined]);
  });

  test("takes over a capture of all that somebody else made, and refuses one of a part", async () => {
    const whole = await paid();
    const captureAmount = { amount: "30.00", currencyCode: "EUR" } as const;
    await pay.charges.capture(whole.charges[0]!.chargeId, { captureAmount });
    expect(stepOf(await capturePayment(pay, whole, { key: "a" }))).toBe("captured");
    const part = await paid({ reference: "order-2" });
    await pay.charges.capture(part.charges[0]!.chargeId, { captureAmount: { ...captureAmount, amount: "12.00" } });
    await expect(capturePayment(pay, part, { amount: "12.00", key: "a" })).rejects.toMatchObject({
      code: "payment.captured-elsewhere",
    });
  });

  test("charges again what was authorized too long ago", async () => {
    const record = await paid();
    await service.sandbox.control("POST", "/clock", { advance: "P31D" });
    const captured = await capturePayment(pay, record, { key: "a" });
    expect(captured.charges.map(({ state }) => state)).toEqual(["canceled", "captured"]);
    expect(stepOf(captured)).toBe("captured");
  });
});

describe("refundPayment", () => {
  test("gives back from one charge where one has enough, else from several", async () => {
    let record = await paid();
    for (const [key, part] of Object.entries({ a: "10.00", b: "20.00" }))
      record = await capturePayment(pay, record, { amount: part, key });
    record = await refundPayment(pay, record, { amount: "8.00", key: "r1" });
    expect(record.refunds.map(({ amount: given }) => given)).toEqual(["8.00"]);
    const [first, second] = record.charges;
    expect(record.refunds[0]?.chargeId).toBe(second?.chargeId);
    record = await refundPayment(pay, record, { amount: "22.00", key: "r2" });
    expect(record.refunds.slice(1).map((refund) => [refund.chargeId, refund.amount])).toEqual([
      [second?.chargeId, "12.00"],
      [first?.chargeId, "10.00"],
    ]);
    await expect(refundPayment(pay, record, { amount: "0.01", key: "r3" })).rejects.toMatchObject({
      code: "payment.exceeds",
    });
    expect(await refundPayment(pay, record, { amount: "22.00", key: "r2" })).toBe(record);
  });

  test("does nothing twice under one key when the answer was lost, and nothing before a capture", async () => {
    const record = await paid();
    await expect(refundPayment(pay, record, { amount: "1.00", key: "r" })).rejects.toMatchObject({
      code: "payment.exceeds",
    });
    const captured = await capturePayment(pay, record, { key: "a" });
    const first = await refundPayment(pay, captured, { amount: "4.00", key: "r" });
    expect(await refundPayment(pay, captured, { amount: "4.00", key: "r" })).toEqual(first);
  });
});

describe("cancelPayment and undoPayment", () => {
  test("lets go of what is authorized and closes the permission of one order; again does no harm", async () => {
    const record = await paid();
    const canceled = await cancelPayment(pay, record, { reason: "cancelled" });
    expect(stepOf(canceled)).toBe("canceled");
    expect((await pay.chargePermissions.retrieve(record.chargePermissionId)).statusDetails.state).toBe("Closed");
    expect(stepOf(await cancelPayment(pay, record, { reason: "cancelled" }))).toBe("canceled");
  });

  test("leaves a saved payment method open, and what was captured", async () => {
    const saved = await paid({ type: "PaymentMethodOnFile", customer: "c1" });
    await cancelPayment(pay, saved, { reason: "cancelled" });
    expect((await pay.chargePermissions.retrieve(saved.chargePermissionId)).statusDetails.state).toBe("Chargeable");
    const part = await capturePayment(pay, await paid({ reference: "o2" }), { amount: "10.00", key: "a" });
    expect(stepOf(await cancelPayment(pay, part, { reason: "cancelled" }))).toBe("partially-captured");
  });

  test("undoing gives back what was captured, once", async () => {
    const record = await paid({ intent: "AuthorizeWithCapture" });
    const undone = await undoPayment(pay, record);
    expect(undone.refunds.map(({ amount: given }) => given)).toEqual(["30.00"]);
    expect(await undoPayment(pay, record)).toEqual(undone);
  });
});

describe("chargeSaved", () => {
  test.each(["Recurring", "PaymentMethodOnFile"] as const)(
    "charges a %s permission for its customer alone",
    async (type) => {
      const { chargePermissionId } = await paid({ type, customer: "c1", intent: "AuthorizeWithCapture" });
      const input = { chargePermissionId, amount, customer: "c1", reference: "order-2" };
      const record = await chargeSaved(pay, input);
      expect(stepOf(record)).toBe("authorized");
      expect(await chargeSaved(pay, input)).toEqual(record);
      await capturePayment(pay, record, { key: "a" });
      expect(stepOf(await chargeSaved(pay, { ...input, reference: "order-3", captureNow: true }))).toBe("captured");
      for (const customer of ["c2", undefined])
        await expect(chargeSaved(pay, { ...input, customer })).rejects.toMatchObject({ code: "payment.not-yours" });
    },
  );

  test("refuses a permission that nobody marked", async () => {
    const { chargePermissionId } = await service.permission({ region: "eu", type: "PaymentMethodOnFile" });
    const charged = chargeSaved(pay, { chargePermissionId, amount, customer: "c1", reference: "o" });
    await expect(charged).rejects.toMatchObject({ code: "payment.not-yours" });
  });
});

test("refreshPayment reads what is not final", async () => {
  const record = await paid();
  await pay.charges.cancel(record.charges[0]!.chargeId, { cancellationReason: "x" });
  expect(stepOf(await refreshPayment(pay, record))).toBe("canceled");
});

test.each([
  ["nothing", undefined, "the whole"],
  ["another thing", { chargePermissionId: "S", currency: "EUR", amount: "1.00", charges: {}, refunds: [] }, "charges"],
  ["a bad amount", { chargePermissionId: "S", currency: "EUR", amount: 1, charges: [], refunds: [] }, "amount"],
  ["no currency", { chargePermissionId: "S", currency: "eur", amount: "1", charges: [], refunds: [] }, "currency"],
  [
    "a bad charge",
    { chargePermissionId: "S", currency: "EUR", amount: "1.00", charges: [{ chargeId: "C" }], refunds: [] },
    "charges[0]",
  ],
  ["no permission", { currency: "EUR", amount: "1.00", charges: [], refunds: [] }, "chargePermissionId"],
])("a record is read with care: %s", (_, value, member) => {
  expect(() => readRecord(value)).toThrow(
    expect.objectContaining({ code: "payment.record", message: expect.stringContaining(member) as string }),
  );
});
