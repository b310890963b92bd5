import { describe, expect, test } from "vitest";
import { browserTestsRun } from "./testing/chromium.ts";
import { checkAppearance } from "./testing/page-fixture.ts";
import {
  buttonPage,
  checkoutFixture,
  goOn,
  goOnTo,
  merchantOf,
  paymentPayload,
  readyForProcessing,
  sessionOf,
} from "./testing/checkout-fixture.ts";
import { script } from "./testing/shop-fixture.ts";

describe.runIf(browserTestsRun())("how the pages look, in a Chromium", () => {
  const fixture = checkoutFixture();

  const look = (name: string) => checkAppearance(fixture.page, name);

  test("every hosted page, from sign-in to processing", async () => {
    const requests = new Set<string>();
    fixture.page.on("request", (request) => requests.add(new URL(request.url()).origin));
    const merchant = merchantOf(fixture.sandbox, "na");
    const signed = paymentPayload(fixture, {
      deliverySpecifications: {
        specialRestrictions: ["RestrictPOBoxes"],
        addressRestrictions: { type: "NotAllowed", restrictions: { CA: {} } },
      },
      chargePermissionType: "Recurring",
      recurringMetadata: { frequency: { unit: "Month", value: 1 }, amount: { amount: "19", currencyCode: "USD" } },
      scopes: ["name", "email", "phoneNumber", "shippingAddress", "billingAddress"],
    });
    fixture.shop.html = buttonPage(fixture, { createCheckoutSessionConfig: signed }, merchant);
    await fixture.page.goto(fixture.shop.origin);
    await fixture.page.locator("#button button").click();
    await look("1-sign-in");
    await goOn(fixture.page);
    await look("2-address");
    await goOn(fixture.page);
    await look("3-payment");
    await fixture.page.locator('[value="visa-0701"]').check();
    await goOn(fixture.page);
    await look("4-consent");
    await fixture.page.getByRole("checkbox").check();
    const session = sessionOf(fixture, await goOnTo(fixture, "review"));
    await fixture.page.goto(readyForProcessing(fixture, session));
    await look("5-processing");
    await fixture.page.getByRole("button", { name: "one-time code" }).click();
    await look("6-code");
    await fixture.page.goto(`${fixture.origin}/checkout/processing?amazonCheckoutSessionId=none`);
    await look("7-error");
    expect([...requests].sort()).toEqual([fixture.origin, fixture.shop.origin].sort());
    expect(fixture.consoleTexts.filter((text) => !text.includes("404"))).toEqual([]);
  });

  test("the error page of a wrong signature, and Japanese and German pages", async () => {
    const signed = { ...paymentPayload(fixture), algorithm: "AMZN-PAY-RSASSA-PSS" };
    fixture.shop.html = buttonPage(fixture, { createCheckoutSessionConfig: signed });
    await fixture.page.goto(fixture.shop.origin);
    await fixture.page.locator("#button button").click();
    await look("8-wrong-signature");
    for (const [region, checkoutLanguage] of [
      ["eu", "de_DE"],
      ["jp", "ja_JP"],
    ] as const) {
      const merchant = merchantOf(fixture.sandbox, region);
      fixture.shop.html = buttonPage(
        fixture,
        { checkoutLanguage, createCheckoutSessionConfig: paymentPayload(fixture, {}, merchant) },
        merchant,
      );
      await fixture.page.goto(fixture.shop.origin);
      await fixture.page.locator("#button button").click();
      await goOn(fixture.page);
      await look(`9-address-${region}`);
    }
  });

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
    fixture.shop.html = script`${buttons}.forEach((config, index) => {
      const place = document.createElement("div");
      place.style = "display:inline-block;margin:6px;width:" + (index % 2 ? 160 : 300) + "px";
      document.querySelector("#button").append(place);
      amazon.Pay.renderButton(place, config);
    })`;
    await fixture.page.goto(fixture.shop.origin);
    await fixture.page.locator("button").nth(5).focus();
    await look("0-buttons");
    expect(await fixture.page.locator("button").count()).toBe(buttons.length);
  });
});
