import { describe, expect, test } from "vitest";
import { browserTestsRun } from "./testing/chromium.ts";
import { lookAt } from "./testing/page-fixture.ts";
import {
  buttonPage,
  checkoutRig,
  goOn,
  goOnTo,
  merchantOf,
  paymentPayload,
  readyForProcessing,
  sessionOf,
} from "./testing/checkout-fixture.ts";
import { script } from "./testing/shop-fixture.ts";

describe.runIf(browserTestsRun())("how the pages look, in a Chromium", () => {
  const rig = checkoutRig();

  const look = (name: string) => lookAt(rig.page, name);

  test("every hosted page, from sign-in to processing", async () => {
    const requests = new Set<string>();
    rig.page.on("request", (request) => requests.add(new URL(request.url()).origin));
    const merchant = merchantOf(rig.sandbox, "na");
    const signed = paymentPayload(rig, {
      deliverySpecifications: {
        specialRestrictions: ["RestrictPOBoxes"],
        addressRestrictions: { type: "NotAllowed", restrictions: { CA: {} } },
      },
      chargePermissionType: "Recurring",
      recurringMetadata: { frequency: { unit: "Month", value: 1 }, amount: { amount: "19", currencyCode: "USD" } },
      scopes: ["name", "email", "phoneNumber", "shippingAddress", "billingAddress"],
    });
    rig.shop.html = buttonPage(rig, { createCheckoutSessionConfig: signed }, merchant);
    await rig.page.goto(rig.shop.origin);
    await rig.page.locator("#button button").click();
    await look("1-sign-in");
    await goOn(rig.page);
    await look("2-address");
    await goOn(rig.page);
    await look("3-payment");
    await rig.page.locator('[value="visa-0701"]').check();
    await goOn(rig.page);
    await look("4-consent");
    await rig.page.getByRole("checkbox").check();
    const session = sessionOf(rig, await goOnTo(rig, "review"));
    await rig.page.goto(readyForProcessing(rig, session));
    await look("5-processing");
    await rig.page.getByRole("button", { name: "one-time code" }).click();
    await look("6-code");
    await rig.page.goto(`${rig.origin}/checkout/processing?amazonCheckoutSessionId=none`);
    await look("7-error");
    expect([...requests].sort()).toEqual([rig.origin, rig.shop.origin].sort());
    expect(rig.consoleTexts.filter((text) => !text.includes("404"))).toEqual([]);
  }, 120_000);

  test("the error page of a wrong signature, and Japanese and German pages", async () => {
    const signed = { ...paymentPayload(rig), algorithm: "AMZN-PAY-RSASSA-PSS" };
    rig.shop.html = buttonPage(rig, { createCheckoutSessionConfig: signed });
    await rig.page.goto(rig.shop.origin);
    await rig.page.locator("#button button").click();
    await look("8-wrong-signature");
    for (const [region, checkoutLanguage] of [
      ["eu", "de_DE"],
      ["jp", "ja_JP"],
    ] as const) {
      const merchant = merchantOf(rig.sandbox, region);
      rig.shop.html = buttonPage(
        rig,
        { checkoutLanguage, createCheckoutSessionConfig: paymentPayload(rig, {}, merchant) },
        merchant,
      );
      await rig.page.goto(rig.shop.origin);
      await rig.page.locator("#button button").click();
      await goOn(rig.page);
      await look(`9-address-${region}`);
    }
  }, 120_000);

  test("the button in all colours, languages and widths", async () => {
    const buttons = ["Gold", "LightGray", "DarkGray"].flatMap((buttonColor) =>
      [
        ["USD", "en_US"],
        ["EUR", "de_DE"],
        ["EUR", "fr_FR"],
        ["EUR", "it_IT"],
        ["EUR", "es_ES"],
        ["JPY", "ja_JP"],
      ].flatMap(([ledgerCurrency, checkoutLanguage]) =>
        ["PayAndShip", "SignIn"].map((productType) => ({
          buttonColor,
          ledgerCurrency,
          checkoutLanguage,
          productType,
          placement: "Cart",
          merchantId: "A1",
        })),
      ),
    );
    rig.shop.html = script`${buttons}.forEach((config, index) => {
      const place = document.createElement("div");
      place.style = "display:inline-block;margin:6px;width:" + (index % 2 ? 160 : 300) + "px";
      document.querySelector("#button").append(place);
      amazon.Pay.renderButton(place, config);
    })`;
    await rig.page.goto(rig.shop.origin);
    await rig.page.locator("button").nth(5).focus();
    await look("0-buttons");
    expect(await rig.page.locator("button").count()).toBe(buttons.length);
  }, 60_000);
});
