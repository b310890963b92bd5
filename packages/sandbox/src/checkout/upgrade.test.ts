import { AmazonPay } from "@amazon-pay-kit/sdk";
import { describe, expect, test } from "vitest";
import { payWithAmazon } from "../playwright/index.ts";
import { browserTestsRun } from "./testing/chromium.ts";
import { checkoutFixture } from "./testing/checkout-fixture.ts";
import { checkAppearance } from "./testing/page-fixture.ts";
import { script } from "./testing/shop-fixture.ts";
import { signPayload } from "./testing/sign-payload.ts";

describe.runIf(browserTestsRun())("amazon.Pay.bindUpgradeAction", () => {
  const fixture = checkoutFixture();

  const permission = async (type: "OneTime" | "Recurring" = "OneTime"): Promise<string> => {
    const wanted = { merchantId: fixture.merchant.merchantId, type, amount: "25.00", instrument: "mastercard-4444" };
    return (await fixture.sandbox.control("POST", "/charge-permissions", wanted)).chargePermissionId;
  };
  const open = async (payload: object, over: object = {}): Promise<void> => {
    const { merchantId, storeId } = fixture.merchant;
    const signed = signPayload(fixture.merchant, {
      merchantId,
      storeId,
      webCheckoutDetails: {
        checkoutResultReturnUrl: `${fixture.shop.origin}/result`,
        checkoutCancelUrl: `${fixture.shop.origin}/cancelled`,
      },
      recurringMetadata: { frequency: { unit: "Month", value: "1" }, amount: { amount: "30", currencyCode: "USD" } },
      ...payload,
    });
    const config = { ...signed, upgradeAction: "recurringUpgrade", ...over };
    fixture.shop.html = script`const more = document.createElement("button"); more.id = "more"; more.textContent = "Every month";
      document.querySelector("#button").append(more); amazon.Pay.bindUpgradeAction("#more", ${config});`;
    await fixture.page.goto(fixture.shop.origin);
  };
  const click = (): Promise<void> => fixture.page.getByRole("button", { name: "Every month" }).click();
  const pay = (): AmazonPay => {
    const { region, keys } = fixture.merchant;
    const [key] = keys;
    return new AmazonPay({
      region,
      publicKeyId: key!.publicKeyId,
      privateKey: key!.privateKeyPem!,
      fetch: fixture.sandbox.fetch,
    });
  };

  test.each([
    [{ upgradeAction: "upgrade" }, 'upgradeAction must be "recurringUpgrade", not "upgrade"'],
    [{ signature: "" }, "signature is required"],
    [{ payloadJSON: "{" }, "payloadJSON is not JSON"],
    [{ payloadJSON: "{}" }, "payloadJSON has no merchantId"],
  ])("complains in the console: %j", async (over, words) => {
    await open({ chargePermissionId: "S01-1234567-1234567" }, over);
    expect(fixture.consoleTexts.join()).toContain(words);
  });

  test.each([
    ["no permission", () => Promise.resolve({}), "chargePermissionId"],
    ["an unknown one", () => Promise.resolve({ chargePermissionId: "S01-0000000-0000000" }), "no charge permission"],
    ["a recurring one", async () => ({ chargePermissionId: await permission("Recurring") }), "only a one-time one"],
    [
      "no rhythm",
      async () => ({ chargePermissionId: await permission(), recurringMetadata: undefined }),
      "recurringMetadata.frequency",
    ],
    [
      "no address to come back to",
      async () => ({ chargePermissionId: await permission(), webCheckoutDetails: {} }),
      "checkoutResultReturnUrl",
    ],
    ["an unknown member", async () => ({ chargePermissionId: await permission(), frequncy: 1 }), "frequncy"],
  ])("refuses %s on the hosted page", async (_, payload, words) => {
    await open(await payload());
    await click();
    await fixture.page.getByRole("heading", { name: "This cannot go on" }).waitFor();
    expect(await fixture.page.getByRole("alert").textContent()).toContain(words);
  });

  test("the buyer agrees, and completing the session gives a recurring permission with the same card", async () => {
    const chargePermissionId = await permission();
    await open({ chargePermissionId });
    await click();
    await fixture.page.getByText("may charge this payment method $30.00 every month").waitFor();
    await checkAppearance(fixture.page, "upgrade");
    const url = new URL(await payWithAmazon(fixture.page));
    expect(url.pathname).toBe("/result");
    const sessionId = url.searchParams.get("amazonCheckoutSessionId") ?? "";
    const completed = await pay().checkoutSessions.complete(sessionId, {
      chargeAmount: { amount: "30", currencyCode: "USD" },
    });
    const made = await pay().chargePermissions.retrieve(completed.chargePermissionId ?? "");
    expect([made.chargePermissionType, made.statusDetails.state]).toEqual(["Recurring", "Chargeable"]);
    expect(made.paymentPreferences).toEqual(
      (await pay().chargePermissions.retrieve(chargePermissionId)).paymentPreferences,
    );
    expect(made.chargePermissionId).not.toBe(chargePermissionId);
  });

  test("the client checks and signs the payload, and sends what it signed", async () => {
    const { merchantId, storeId } = fixture.merchant;
    const chargePermissionId = await permission();
    const recurringMetadata = {
      frequency: { unit: "Month", value: "1" },
      amount: { amount: "30", currencyCode: "USD" },
    } as const;
    const wanted = { merchantId, chargePermissionId, storeId, recurringMetadata };
    const webCheckoutDetails = { checkoutResultReturnUrl: `${fixture.shop.origin}/result` };
    const signed = await pay().button.createUpgrade({ ...wanted, webCheckoutDetails });
    expect(signed.upgradeAction).toBe("recurringUpgrade");
    expect(JSON.parse(signed.payloadJSON)).toMatchObject({
      chargePermissionId,
      chargePermissionType: "Recurring",
      webCheckoutDetails,
    });
    await open({}, signed);
    await click();
    await fixture.page.getByText("may charge this payment method").waitFor();
    const refused = pay().button.createUpgrade({ ...wanted, merchantId: "", webCheckoutDetails: {} });
    await expect(refused).rejects.toThrow(/merchantId is required.*checkoutResultReturnUrl is required/s);
  });

  test("a buyer who turns back comes to the cancel address", async () => {
    await open({ chargePermissionId: await permission() });
    await click();
    await fixture.page.getByRole("button", { name: /Cancel/ }).click();
    await fixture.page.getByRole("heading", { name: "Back at cancelled" }).waitFor();
  });
});
