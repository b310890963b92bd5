import { describe, expect, test } from "vitest";
import { browserTestsRun } from "./testing/chromium.ts";
import {
  backAt,
  buttonPage,
  checkoutFixture,
  clickButton,
  goOn,
  goOnTo,
  merchantOf,
  paymentPayload,
  sessionOf,
} from "./testing/checkout-fixture.ts";
import { script } from "./testing/shop-fixture.ts";
import { signPayload } from "./testing/sign-payload.ts";

describe.runIf(browserTestsRun())("from the button to the merchant's next page, in a Chromium", () => {
  const fixture = checkoutFixture();

  test("pay and ship: sign in, choose, agree, review", async () => {
    await clickButton(fixture, { createCheckoutSessionConfig: paymentPayload(fixture) });
    const { page } = fixture;
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await goOn(page);
    await page.getByRole("radio", { name: /Longest Name/ }).check();
    await goOn(page);
    await page.getByRole("radio", { name: "MasterCard •••• 4444" }).check();
    await goOn(page);
    await page.getByRole("heading", { name: "Your data" }).waitFor();
    await goOn(page);
    const url = await goOnTo(fixture, "review");
    expect(url.href).toMatch(
      new RegExp(`^${fixture.shop.origin}/review\\?cart=7&amazonCheckoutSessionId=[0-9a-f-]{36}$`),
    );
    expect(sessionOf(fixture, url)).toMatchObject({
      environment: "sandbox",
      details: { productType: "PayAndShip" },
      buyer: { buyerId: "amzn1.account.AHSANDBOXNABUYERONE", instrumentId: "mastercard-4444", addressId: "na-long" },
    });
    expect(fixture.consoleTexts).toEqual([]);
  });

  test("a last button that is clicked twice, and a page that was left open, lead to where the visit led", async () => {
    await clickButton(fixture, { createCheckoutSessionConfig: paymentPayload(fixture) });
    const { page } = fixture;
    for (let step = 0; step < 3; step += 1) await goOn(page);
    const last = page.url();
    const other = await page.context().newPage();
    await other.goto(last);
    await page.locator("button.main").dblclick();
    const url = await backAt(fixture, "review");
    expect(sessionOf(fixture, url).status.state).toBe("Open");
    await goOn(other);
    await other.waitForURL(url.href);
    await other.goto(last);
    await other.waitForURL(url.href);
    expect(fixture.consoleTexts).toEqual([]);
  });

  test("a visit that waited too long says why and leads back to the shop", async () => {
    await clickButton(fixture, { createCheckoutSessionConfig: paymentPayload(fixture) });
    await goOn(fixture.page);
    await fixture.sandbox.clock.advance("PT24H");
    await goOn(fixture.page);
    await fixture.page.getByText("A checkout session lives for 24 hours").waitFor();
    await fixture.page.getByRole("link", { name: "Return to the shop" }).click();
    await fixture.page.locator("#button button").waitFor();
  });

  test("pay only: no address is asked for", async () => {
    await clickButton(fixture, { productType: "PayOnly", createCheckoutSessionConfig: paymentPayload(fixture) });
    await goOn(fixture.page);
    expect(await fixture.page.getByRole("heading").first().textContent()).toBe("Payment method");
    expect(sessionOf(fixture, await goOnTo(fixture, "review")).buyer?.addressId).toBeNull();
  });

  test("addresses that the merchant does not deliver to cannot be chosen and say why", async () => {
    const deliverySpecifications = {
      specialRestrictions: ["RestrictPOBoxes"],
      addressRestrictions: { type: "Allowed", restrictions: { US: { statesOrRegions: ["TX", "OR"] } } },
    };
    await clickButton(fixture, { createCheckoutSessionConfig: paymentPayload(fixture, { deliverySpecifications }) });
    await goOn(fixture.page);
    const radios = fixture.page.getByRole("radio");
    expect(
      await radios.evaluateAll((all) =>
        all.filter((one) => !one.matches(":disabled")).map((one) => one.getAttribute("value")),
      ),
    ).toEqual(["na-work"]);
    expect(await fixture.page.getByText("does not deliver to post office boxes").count()).toBe(1);
    expect(sessionOf(fixture, await goOnTo(fixture, "review")).buyer?.addressId).toBe("na-work");
  });

  test("a buyer without any deliverable address is told so and can turn back", async () => {
    const deliverySpecifications = {
      addressRestrictions: { type: "Allowed", restrictions: { CA: { zipCodes: ["X"] } } },
    };
    await clickButton(fixture, { createCheckoutSessionConfig: paymentPayload(fixture, { deliverySpecifications }) });
    await goOn(fixture.page);
    expect(await fixture.page.getByRole("alert").textContent()).toContain("none of this buyer’s addresses");
    await fixture.page.getByRole("button", { name: /Cancel/ }).click();
    await fixture.page.getByRole("heading", { name: "Back at cancelled" }).waitFor();
  });

  test("additional payment button: straight to the result", async () => {
    const signed = signPayload(fixture.merchant, {
      webCheckoutDetails: { checkoutMode: "ProcessOrder", checkoutResultReturnUrl: `${fixture.shop.origin}/result` },
      storeId: fixture.merchant.storeId,
      paymentDetails: { paymentIntent: "AuthorizeWithCapture", chargeAmount: { amount: "25.50", currencyCode: "USD" } },
      addressDetails: {
        name: "Buyer",
        addressLine1: "P.O. Box 9",
        city: "Austin",
        stateOrRegion: "TX",
        postalCode: "78701",
        countryCode: "US",
      },
    });
    await clickButton(fixture, { createCheckoutSessionConfig: signed });
    await goOn(fixture.page);
    await goOn(fixture.page);
    await fixture.page.getByRole("button", { name: "Pay $25.50" }).waitFor();
    const session = sessionOf(fixture, await goOnTo(fixture, "result"));
    expect(session).toMatchObject({ buyerConfirmed: true, status: { state: "Open" } });
    expect(session.buyer?.addressId).toMatch(/^typed-in-/);
  });

  test("sign-in: the buyer token comes to signInReturnUrl", async () => {
    const { merchant } = fixture;
    const signInConfig = signPayload(merchant, {
      signInReturnUrl: `${fixture.shop.origin}/signed-in`,
      storeId: merchant.storeId,
      signInScopes: ["name", "email"],
    });
    await clickButton(fixture, { productType: "SignIn", signInConfig });
    await fixture.page.getByRole("radio", { name: /Second Buyer/ }).check();
    await goOn(fixture.page);
    expect(await fixture.page.getByRole("listitem").allTextContents()).toEqual([
      "A number that stands for you",
      "Name",
      "E-mail address",
    ]);
    const url = await goOnTo(fixture, "signed-in");
    expect(url.searchParams.get("buyerToken")).toMatch(/^Atza\|[0-9a-f]{64}$/);
  });

  test("several addresses", async () => {
    await clickButton(fixture, {
      productType: "PayAndShipMultiAddress",
      createCheckoutSessionConfig: paymentPayload(fixture),
    });
    await goOn(fixture.page);
    await fixture.page.locator('[value="na-home"]').uncheck();
    await goOn(fixture.page);
    expect(await fixture.page.getByRole("alert").textContent()).toContain("Choose an address");
    await fixture.page.locator('[value="na-home"]').check();
    await fixture.page.locator('[value="na-canada"]').check();
    expect(sessionOf(fixture, await goOnTo(fixture, "review")).buyer).toMatchObject({
      addressId: "na-home",
      addressIds: ["na-home", "na-canada"],
    });
  });

  test("recurring: nothing goes on before the buyer agrees, with the keyboard alone", async () => {
    const signed = paymentPayload(fixture, {
      chargePermissionType: "Recurring",
      recurringMetadata: { frequency: { unit: "Month", value: "1" }, amount: { amount: "30", currencyCode: "USD" } },
    });
    fixture.shop.html = buttonPage(fixture, { createCheckoutSessionConfig: signed });
    const { page } = fixture;
    await page.goto(fixture.shop.origin);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    for (const heading of ["Delivery address", "Payment method", "Your data"]) {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: heading }).waitFor();
    }
    await page.getByText(/may charge this payment method \$30.00 every month/).waitFor();
    await goOn(page);
    expect(page.url()).toContain("/consent");
    await page.keyboard.press("Space");
    expect(await page.getByRole("checkbox").isChecked()).toBe(true);
    await page.keyboard.press("Enter");
    expect(sessionOf(fixture, await backAt(fixture, "review")).buyer).toMatchObject({
      buyerId: "amzn1.account.AHSANDBOXNABUYERTWO",
      instrumentId: "amex-0005",
    });
  });

  test("cancel goes to checkoutCancelUrl, or else to the page with the button", async () => {
    await clickButton(fixture, { createCheckoutSessionConfig: paymentPayload(fixture) });
    await goOn(fixture.page);
    await fixture.page.getByRole("button", { name: /Cancel and return/ }).click();
    await fixture.page.getByRole("heading", { name: "Back at cancelled" }).waitFor();
    const session = [...fixture.sandbox.engine.state.checkoutSessions.values()].at(-1);
    expect(session?.status).toMatchObject({ state: "Canceled", reasonCode: "BuyerCanceled" });

    const webCheckoutDetails = { checkoutReviewReturnUrl: `${fixture.shop.origin}/review` };
    await clickButton(fixture, { createCheckoutSessionConfig: paymentPayload(fixture, { webCheckoutDetails }) });
    await fixture.page.getByRole("button", { name: /Cancel and return/ }).click();
    await fixture.page.waitForURL(`${fixture.shop.origin}/`);
  });

  test("the older way: the shop's server names the session", async () => {
    await clickButton(fixture, { createCheckoutSessionConfig: paymentPayload(fixture) });
    const made = [...fixture.sandbox.engine.state.checkoutSessions.values()].at(-1);
    if (made === undefined) throw new Error("no session");
    made.details.productType = null;
    fixture.shop.api.set("/session", () => Response.json({ data: { id: made.checkoutSessionId } }));
    fixture.shop.html = script`amazon.Pay.renderButton("#button", { ...${{ merchantId: fixture.merchant.merchantId, ledgerCurrency: "USD", placement: "Cart", productType: "PayOnly" }},
      createCheckoutSession: { url: "/session", extractAmazonCheckoutSessionId: (answer) => answer.data.id } });`;
    await fixture.page.goto(fixture.shop.origin);
    await fixture.page.locator("#button button").click();
    await fixture.page.getByRole("heading", { name: "Sign in" }).waitFor();
    const session = sessionOf(fixture, await goOnTo(fixture, "review"));
    expect(session.checkoutSessionId).toBe(made.checkoutSessionId);
    expect(session.details.productType).toBe("PayOnly");
  });

  test("the review page's change actions", async () => {
    await clickButton(fixture, { createCheckoutSessionConfig: paymentPayload(fixture) });
    const url = await goOnTo(fixture, "review");
    const session = sessionOf(fixture, url);
    for (const [changeAction, heading, spec] of [
      ["changeAddress", "Delivery address", "na-alaska"],
      ["changePayment", "Payment method", "visa-0701"],
    ] as const) {
      fixture.shop.html = script`document.body.insertAdjacentHTML("beforeend", "<button id=change>Change</button>");
        amazon.Pay.bindChangeAction("#change", ${{ amazonCheckoutSessionId: session.checkoutSessionId, changeAction }});`;
      await fixture.page.goto(fixture.shop.origin);
      await fixture.page.locator("#change").click();
      await fixture.page.getByRole("heading", { name: heading }).waitFor();
      expect(await fixture.page.getByText(/^Step/).count()).toBe(0);
      await fixture.page.locator(`[value="${spec}"]`).check();
      expect((await goOnTo(fixture, "review")).href).toBe(url.href);
    }
    expect(session.buyer).toMatchObject({ addressId: "na-alaska", instrumentId: "visa-0701" });
    await fixture.page.goto(fixture.shop.origin);
    await fixture.page.locator("#change").click();
    await fixture.page.getByRole("button", { name: /Cancel/ }).click();
    await fixture.page.waitForURL(url.href);
    expect(session.status.state).toBe("Open");
  });

  test("each region in its own language", async () => {
    for (const [region, checkoutLanguage, signIn] of [
      ["eu", "de_DE", "Anmelden"],
      ["eu", undefined, "Sign in"],
      ["jp", undefined, "サインイン"],
    ] as const) {
      const merchant = merchantOf(fixture.sandbox, region);
      await clickButton(
        fixture,
        {
          ...(checkoutLanguage && { checkoutLanguage }),
          createCheckoutSessionConfig: paymentPayload(fixture, {}, merchant),
        },
        merchant,
      );
      expect(await fixture.page.getByRole("heading").first().textContent()).toBe(signIn);
      expect(sessionOf(fixture, await goOnTo(fixture, "review")).buyer?.addressId).toBe(`${region}-home`);
    }
  });
});
