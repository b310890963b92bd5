import { AmazonPay } from "@amazon-pay-kit/sdk";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { payWithAmazon } from "../playwright/index.ts";
import { browserTestsRun } from "./testing/chromium.ts";
import { checkoutFixture } from "./testing/checkout-fixture.ts";
import { checkAppearance } from "./testing/page-fixture.ts";
import { signPayload } from "./testing/sign-payload.ts";

describe.runIf(browserTestsRun())("Buy Now, in a window of the shop's page", () => {
  const fixture = checkoutFixture();

  /** A shop whose callbacks write down what they were asked. */
  const openShop = async (init = "cart(0)"): Promise<void> => {
    const { merchantId, storeId } = fixture.merchant;
    const payload = signPayload(fixture.merchant, { storeId, scopes: ["name", "email"] });
    fixture.shop.html = `<div id="button"></div><output></output><script>
      const usd = (amount) => ({ amount: String(amount), currencyCode: "USD" });
      const way = (id, price, isDefault) => ({ id, price: usd(price), isDefault, shippingMethod: { shippingMethodName: id, shippingMethodCode: id } });
      const cart = (shipping, off = 0) => ({ totalBaseAmount: usd(20), totalShippingAmount: usd(shipping), totalTaxAmount: usd(0),
        totalDiscountAmount: usd(off), totalChargeAmount: usd(20 + shipping - off), deliveryOptions: [way("standard", 0, true), way("express", 5, false)],
        giftWrapOptions: [{ id: "red", title: "Red paper", price: usd(2) }] });
      window.asked = [];
      const heard = (name, answer) => async (event) => { asked.push([name, event]); document.querySelector("output").textContent = name; return answer(event); };
      amazon.Pay.renderButton("#button", { merchantId: ${JSON.stringify(merchantId)}, ledgerCurrency: "USD", placement: "Cart",
        createCheckoutSessionConfig: ${JSON.stringify(payload)},
        onInitCheckout: heard("init", () => ${init}),
        onShippingAddressSelection: heard("address", () => cart(1)),
        onDeliveryOptionSelection: heard("delivery", (event) => cart(Number(event.deliveryOptions.price.amount))),
        onGiftWrapOptionSelection: heard("gift", () => cart(2)),
        onMerchantManagedPaymentMethodSelection: heard("points", () => cart(0, 3)),
        onCompleteCheckout: heard("complete", () => undefined),
        onCancel: heard("cancel", () => undefined) });
    </script>`;
    await fixture.page.goto(fixture.shop.origin);
  };
  const asked = (): Promise<[string, Record<string, never>][]> => fixture.page.evaluate("window.asked");
  const heard = (name: string): Promise<void> =>
    expect.poll(() => fixture.page.locator("output").textContent()).toBe(name);
  const toOrder = async (): Promise<Page> => {
    const [child] = await Promise.all([
      fixture.page.waitForEvent("popup"),
      fixture.page.locator("#button button").click(),
    ]);
    for (let step = 0; step < 4; step += 1) await child.locator("button.main").click();
    await child.getByRole("heading", { name: "Place your order" }).waitFor();
    return child;
  };

  test("the shop's page is asked at each choice, and told of the end; its server finalizes the session", async () => {
    await openShop();
    const child = await toOrder();
    await heard("init");
    await checkAppearance(child, "buy-now");
    const total = child.locator("#totalChargeAmount dd");
    await expect.poll(() => total.textContent()).toBe("$20.00");
    await child.getByRole("radio", { name: /express/ }).check();
    await heard("delivery");
    await expect.poll(() => total.textContent()).toBe("$25.00");
    await child.getByRole("radio", { name: /Red paper/ }).check();
    await heard("gift");
    await child.getByLabel("Promotion code").fill("SPRING");
    await child.getByRole("button", { name: "Apply" }).click();
    await heard("points");
    await expect.poll(() => total.textContent()).toBe("$17.00");
    await Promise.all([child.waitForEvent("close"), child.getByRole("button", { name: "Pay $17.00" }).click()]);
    await heard("complete");
    const events = await asked();
    expect(events.map(([name]) => name)).toEqual(["init", "delivery", "gift", "points", "complete"]);
    const [, first] = events[0]!;
    expect(first).toMatchObject({ scopes: { name: expect.any(String), email: expect.any(String) } });
    expect(events[3]?.[1]).toMatchObject({ merchantManagedPaymentMethods: [{ value: "SPRING" }] });

    const { region, keys } = fixture.merchant;
    const pay = new AmazonPay({
      region,
      publicKeyId: keys[0]!.publicKeyId,
      privateKey: keys[0]!.privateKeyPem!,
      fetch: fixture.sandbox.fetch,
    });
    const finalized = await pay.checkoutSessions.finalize(first["amazonCheckoutSessionId"]!, {
      shippingAddress: first["shippingAddress"]!,
      chargeAmount: { amount: "17.00", currencyCode: "USD" },
      paymentIntent: "AuthorizeWithCapture",
    });
    expect(finalized.statusDetails.state).toBe("Completed");
    expect(fixture.consoleTexts).toEqual([]);
  });

  test("another address is told as such", async () => {
    await openShop();
    const child = await toOrder();
    await heard("init");
    await child.getByRole("link", { name: "Back" }).click();
    await child.getByRole("link", { name: "Back" }).click();
    await child.getByRole("link", { name: "Back" }).click();
    await child.locator('input[value="na-work"]').check();
    await child.locator("button.main").click();
    await heard("address");
    const event = (await asked()).at(-1)?.[1];
    expect(event?.["shippingAddress"]).toMatchObject({ countryCode: "US" });
  });

  test("an answer without an amount is named, and nothing can be paid", async () => {
    await openShop("({})");
    const child = await toOrder();
    await child.getByText("onInitCheckout must answer with totalChargeAmount").waitFor();
    expect(await child.locator("button.main").isDisabled()).toBe(true);
  });

  test("a callback that throws is named", async () => {
    await openShop("{ throw new Error('no stock'); }".replace(/^/, "(() => ") + ")()");
    const child = await toOrder();
    await child.getByText("onInitCheckout failed in the shop's page").waitFor();
  });

  test("cancelling tells the page and closes the window", async () => {
    await openShop();
    const child = await toOrder();
    await Promise.all([child.waitForEvent("close"), child.getByRole("button", { name: /Cancel/ }).click()]);
    await heard("cancel");
    const id = (await asked()).at(-1)?.[1]["amazonCheckoutSessionId"] ?? "";
    expect(fixture.sandbox.engine.state.checkoutSessions.get(id)?.status.state).toBe("Canceled");
  });

  test("payWithAmazon follows the window until it closes", async () => {
    await openShop();
    await payWithAmazon(fixture.page, { card: "4444", address: "na-work" });
    await heard("complete");
  });
});
