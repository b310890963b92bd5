import { describe, expect, test } from "vitest";
import { browserTestsRun } from "./testing/chromium.ts";
import {
  backAt,
  buttonPage,
  checkoutRig,
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
  const rig = checkoutRig();

  test("pay and ship: sign in, choose, agree, review", async () => {
    await clickButton(rig, { createCheckoutSessionConfig: paymentPayload(rig) });
    const { page } = rig;
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await goOn(page);
    await page.getByRole("radio", { name: /Longest Name/ }).check();
    await goOn(page);
    await page.getByRole("radio", { name: "MasterCard •••• 4444" }).check();
    await goOn(page);
    await page.getByRole("heading", { name: "Your data" }).waitFor();
    await goOn(page);
    const url = await goOnTo(rig, "review");
    expect(url.href).toMatch(new RegExp(`^${rig.shop.origin}/review\\?cart=7&amazonCheckoutSessionId=[0-9a-f-]{36}$`));
    expect(sessionOf(rig, url)).toMatchObject({
      environment: "sandbox",
      details: { productType: "PayAndShip" },
      buyer: { buyerId: "amzn1.account.AHSANDBOXNABUYERONE", instrumentId: "mastercard-4444", addressId: "na-long" },
    });
    expect(rig.consoleTexts).toEqual([]);
  });

  test("a last button that is clicked twice, and a page that was left open, lead to where the visit led", async () => {
    await clickButton(rig, { createCheckoutSessionConfig: paymentPayload(rig) });
    const { page } = rig;
    for (let step = 0; step < 3; step += 1) await goOn(page);
    const last = page.url();
    const other = await page.context().newPage();
    await other.goto(last);
    await page.locator("button.main").dblclick();
    const url = await backAt(rig, "review");
    expect(sessionOf(rig, url).status.state).toBe("Open");
    await goOn(other);
    await other.waitForURL(url.href);
    await other.goto(last);
    await other.waitForURL(url.href);
    expect(rig.consoleTexts).toEqual([]);
  });

  test("a visit that waited too long says why and leads back to the shop", async () => {
    await clickButton(rig, { createCheckoutSessionConfig: paymentPayload(rig) });
    await goOn(rig.page);
    await rig.sandbox.clock.advance("PT24H");
    await goOn(rig.page);
    await rig.page.getByText("A checkout session lives for 24 hours").waitFor();
    await rig.page.getByRole("link", { name: "Return to the shop" }).click();
    await rig.page.locator("#button button").waitFor();
  });

  test("pay only: no address is asked for", async () => {
    await clickButton(rig, { productType: "PayOnly", createCheckoutSessionConfig: paymentPayload(rig) });
    await goOn(rig.page);
    expect(await rig.page.getByRole("heading").first().textContent()).toBe("Payment method");
    expect(sessionOf(rig, await goOnTo(rig, "review")).buyer?.addressId).toBeNull();
  });

  test("addresses that the merchant does not deliver to cannot be chosen and say why", async () => {
    const deliverySpecifications = {
      specialRestrictions: ["RestrictPOBoxes"],
      addressRestrictions: { type: "Allowed", restrictions: { US: { statesOrRegions: ["TX", "OR"] } } },
    };
    await clickButton(rig, { createCheckoutSessionConfig: paymentPayload(rig, { deliverySpecifications }) });
    await goOn(rig.page);
    const radios = rig.page.getByRole("radio");
    expect(
      await radios.evaluateAll((all) =>
        all.filter((one) => !one.matches(":disabled")).map((one) => one.getAttribute("value")),
      ),
    ).toEqual(["na-work"]);
    expect(await rig.page.getByText("does not deliver to post office boxes").count()).toBe(1);
    expect(sessionOf(rig, await goOnTo(rig, "review")).buyer?.addressId).toBe("na-work");
  });

  test("a buyer without any deliverable address is told so and can turn back", async () => {
    const deliverySpecifications = {
      addressRestrictions: { type: "Allowed", restrictions: { CA: { zipCodes: ["X"] } } },
    };
    await clickButton(rig, { createCheckoutSessionConfig: paymentPayload(rig, { deliverySpecifications }) });
    await goOn(rig.page);
    expect(await rig.page.getByRole("alert").textContent()).toContain("none of this buyer’s addresses");
    await rig.page.getByRole("button", { name: /Cancel/ }).click();
    await rig.page.getByRole("heading", { name: "Back at cancelled" }).waitFor();
  });

  test("additional payment button: straight to the result", async () => {
    const signed = signPayload(rig.merchant, {
      webCheckoutDetails: { checkoutMode: "ProcessOrder", checkoutResultReturnUrl: `${rig.shop.origin}/result` },
      storeId: rig.merchant.storeId,
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
    await clickButton(rig, { createCheckoutSessionConfig: signed });
    await goOn(rig.page);
    await goOn(rig.page);
    await rig.page.getByRole("button", { name: "Pay $25.50" }).waitFor();
    const session = sessionOf(rig, await goOnTo(rig, "result"));
    expect(session).toMatchObject({ buyerConfirmed: true, status: { state: "Open" } });
    expect(session.buyer?.addressId).toMatch(/^typed-in-/);
  });

  test("sign-in: the buyer token comes to signInReturnUrl", async () => {
    const { merchant } = rig;
    const signInConfig = signPayload(merchant, {
      signInReturnUrl: `${rig.shop.origin}/signed-in`,
      storeId: merchant.storeId,
      signInScopes: ["name", "email"],
    });
    await clickButton(rig, { productType: "SignIn", signInConfig });
    await rig.page.getByRole("radio", { name: /Second Buyer/ }).check();
    await goOn(rig.page);
    expect(await rig.page.getByRole("listitem").allTextContents()).toEqual([
      "A number that stands for you",
      "Name",
      "E-mail address",
    ]);
    const url = await goOnTo(rig, "signed-in");
    expect(url.searchParams.get("buyerToken")).toMatch(/^Atza\|[0-9a-f]{64}$/);
  });

  test("several addresses", async () => {
    await clickButton(rig, { productType: "PayAndShipMultiAddress", createCheckoutSessionConfig: paymentPayload(rig) });
    await goOn(rig.page);
    await rig.page.locator('[value="na-home"]').uncheck();
    await goOn(rig.page);
    expect(await rig.page.getByRole("alert").textContent()).toContain("Choose an address");
    await rig.page.locator('[value="na-home"]').check();
    await rig.page.locator('[value="na-canada"]').check();
    expect(sessionOf(rig, await goOnTo(rig, "review")).buyer).toMatchObject({
      addressId: "na-home",
      addressIds: ["na-home", "na-canada"],
    });
  });

  test("recurring: nothing goes on before the buyer agrees, with the keyboard alone", async () => {
    const signed = paymentPayload(rig, {
      chargePermissionType: "Recurring",
      recurringMetadata: { frequency: { unit: "Month", value: "1" }, amount: { amount: "30", currencyCode: "USD" } },
    });
    rig.shop.html = buttonPage(rig, { createCheckoutSessionConfig: signed });
    const { page } = rig;
    await page.goto(rig.shop.origin);
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
    expect(sessionOf(rig, await backAt(rig, "review")).buyer).toMatchObject({
      buyerId: "amzn1.account.AHSANDBOXNABUYERTWO",
      instrumentId: "amex-0005",
    });
  });

  test("cancel goes to checkoutCancelUrl, or else to the page with the button", async () => {
    await clickButton(rig, { createCheckoutSessionConfig: paymentPayload(rig) });
    await goOn(rig.page);
    await rig.page.getByRole("button", { name: /Cancel and return/ }).click();
    await rig.page.getByRole("heading", { name: "Back at cancelled" }).waitFor();
    const session = [...rig.sandbox.engine.state.checkoutSessions.values()].at(-1);
    expect(session?.status).toMatchObject({ state: "Canceled", reasonCode: "BuyerCanceled" });

    const webCheckoutDetails = { checkoutReviewReturnUrl: `${rig.shop.origin}/review` };
    await clickButton(rig, { createCheckoutSessionConfig: paymentPayload(rig, { webCheckoutDetails }) });
    await rig.page.getByRole("button", { name: /Cancel and return/ }).click();
    await rig.page.waitForURL(`${rig.shop.origin}/`);
  });

  test("the older way: the shop's server names the session", async () => {
    await clickButton(rig, { createCheckoutSessionConfig: paymentPayload(rig) });
    const made = [...rig.sandbox.engine.state.checkoutSessions.values()].at(-1);
    if (made === undefined) throw new Error("no session");
    made.details.productType = null;
    rig.shop.api.set("/session", () => Response.json({ data: { id: made.checkoutSessionId } }));
    rig.shop.html = script`amazon.Pay.renderButton("#button", { ...${{ merchantId: rig.merchant.merchantId, ledgerCurrency: "USD", placement: "Cart", productType: "PayOnly" }},
      createCheckoutSession: { url: "/session", extractAmazonCheckoutSessionId: (answer) => answer.data.id } });`;
    await rig.page.goto(rig.shop.origin);
    await rig.page.locator("#button button").click();
    await rig.page.getByRole("heading", { name: "Sign in" }).waitFor();
    const session = sessionOf(rig, await goOnTo(rig, "review"));
    expect(session.checkoutSessionId).toBe(made.checkoutSessionId);
    expect(session.details.productType).toBe("PayOnly");
  });

  test("the review page's change actions", async () => {
    await clickButton(rig, { createCheckoutSessionConfig: paymentPayload(rig) });
    const url = await goOnTo(rig, "review");
    const session = sessionOf(rig, url);
    for (const [changeAction, heading, wish] of [
      ["changeAddress", "Delivery address", "na-alaska"],
      ["changePayment", "Payment method", "visa-0701"],
    ] as const) {
      rig.shop.html = script`document.body.insertAdjacentHTML("beforeend", "<button id=change>Change</button>");
        amazon.Pay.bindChangeAction("#change", ${{ amazonCheckoutSessionId: session.checkoutSessionId, changeAction }});`;
      await rig.page.goto(rig.shop.origin);
      await rig.page.locator("#change").click();
      await rig.page.getByRole("heading", { name: heading }).waitFor();
      expect(await rig.page.getByText(/^Step/).count()).toBe(0);
      await rig.page.locator(`[value="${wish}"]`).check();
      expect((await goOnTo(rig, "review")).href).toBe(url.href);
    }
    expect(session.buyer).toMatchObject({ addressId: "na-alaska", instrumentId: "visa-0701" });
    await rig.page.goto(rig.shop.origin);
    await rig.page.locator("#change").click();
    await rig.page.getByRole("button", { name: /Cancel/ }).click();
    await rig.page.waitForURL(url.href);
    expect(session.status.state).toBe("Open");
  });

  test("each region in its own language", async () => {
    for (const [region, checkoutLanguage, signIn] of [
      ["eu", "de_DE", "Anmelden"],
      ["eu", undefined, "Sign in"],
      ["jp", undefined, "サインイン"],
    ] as const) {
      const merchant = merchantOf(rig.sandbox, region);
      await clickButton(
        rig,
        {
          ...(checkoutLanguage && { checkoutLanguage }),
          createCheckoutSessionConfig: paymentPayload(rig, {}, merchant),
        },
        merchant,
      );
      expect(await rig.page.getByRole("heading").first().textContent()).toBe(signIn);
      expect(sessionOf(rig, await goOnTo(rig, "review")).buyer?.addressId).toBe(`${region}-home`);
    }
  });
});
