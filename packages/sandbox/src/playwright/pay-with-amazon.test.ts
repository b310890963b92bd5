import { describe, expect, test } from "vitest";
import { browserTestsRun } from "../checkout/testing/chromium.ts";
import {
  buttonPage,
  checkoutFixture,
  paymentPayload,
  readyForProcessing,
  sessionOf,
} from "../checkout/testing/checkout-fixture.ts";
import { amazonPayFixtures, type BrowserBuyerError, payWithAmazon, type BuyerChoices } from "./index.ts";

describe.runIf(browserTestsRun())("a buyer who is played in the browser", () => {
  const fixture = checkoutFixture();

  const openCart = async (config: object = {}): Promise<void> => {
    fixture.shop.html = buttonPage(fixture, { createCheckoutSessionConfig: paymentPayload(fixture), ...config });
    await fixture.page.goto(fixture.shop.origin);
  };
  const review = async (): Promise<void> => {
    const session = sessionOf(fixture, new URL(fixture.page.url()));
    await fixture.page.goto(readyForProcessing(fixture, session));
  };
  const failure = (choices: BuyerChoices): Promise<BrowserBuyerError> =>
    payWithAmazon(fixture.page, { timeoutMs: 3000, ...choices }).then(
      (url) => expect.fail(`it went on to ${url}`),
      (error: unknown) => error as BrowserBuyerError,
    );

  test("a page without a button is named", async () => {
    fixture.shop.html = "<p>no button</p>";
    await fixture.page.goto(fixture.shop.origin);
    const error = await failure({});
    expect([error.code, error.message]).toEqual([
      "playwright.no-button",
      expect.stringContaining(`${fixture.shop.origin}/ has no Amazon Pay button`),
    ]);
    await openCart();
    expect((await failure({ button: "#elsewhere" })).message).toContain("in #elsewhere");
  });

  test("a card, buyer or address that is not offered is answered with those that are", async () => {
    await openCart();
    const error = await failure({ card: "9999" });
    expect(error.code).toBe("playwright.no-choice");
    expect(error.message).toMatch(/no card "9999" is offered; there are visa-1111, /);
    await openCart();
    expect((await failure({ buyer: "Nobody" })).message).toMatch(
      /no buyer "Nobody" is offered; there are amzn1\.account\./,
    );
    const deliverySpecifications = { specialRestrictions: ["RestrictPOBoxes"] };
    await openCart({ createCheckoutSessionConfig: paymentPayload(fixture, { deliverySpecifications }) });
    expect((await failure({ address: "na-po-box" })).message).toMatch(/"na-po-box" cannot be chosen: .*post office/);
  });

  test("what the sandbox refuses is quoted", async () => {
    const signed = { ...paymentPayload(fixture), signature: "AAAA" };
    await openCart({ createCheckoutSessionConfig: signed });
    const error = await failure({});
    expect([error.code, error.message]).toEqual([
      "playwright.refused",
      expect.stringContaining("InvalidSignatureError"),
    ]);
  });

  test("a review page that leads nowhere is an error", async () => {
    await openCart();
    expect((await failure({ review: () => undefined })).code).toBe("playwright.stuck");
  });

  test.each([
    [{ card: "1111" }, "Open", true],
    [{ card: "3434" }, "Canceled", false],
    [{ card: "1111", outcome: "cancel" }, "Canceled", false],
    [{ card: "1111", outcome: "decline" }, "Canceled", false],
    [{ outcome: "verify" }, "Open", true],
  ] as const)("with a review, one call leads to the result: %j", async (choices, state, confirmed) => {
    await openCart();
    const url = new URL(await payWithAmazon(fixture.page, { ...choices, review }));
    expect(url.pathname).toBe("/result");
    const session = sessionOf(fixture, url);
    expect([session.status.state, session.buyerConfirmed]).toEqual([state, confirmed]);
  });

  test("the buyer and the address that were asked for are taken, and agreements given", async () => {
    const recurring = {
      chargePermissionType: "Recurring",
      recurringMetadata: { frequency: { unit: "Month", value: "1" } },
    };
    await openCart({ createCheckoutSessionConfig: paymentPayload(fixture, recurring) });
    const url = await payWithAmazon(fixture.page, { address: "na-work", card: "amex-0005" });
    expect(sessionOf(fixture, new URL(url)).buyer).toMatchObject({ addressId: "na-work", instrumentId: "amex-0005" });
  });

  test("as a fixture of @playwright/test", async () => {
    await openCart();
    let url = "";
    await amazonPayFixtures.payWithAmazon({ page: fixture.page }, async (pay) => {
      url = await pay({ card: "4444", review });
    });
    expect(url).toContain("/result");
  });
});
