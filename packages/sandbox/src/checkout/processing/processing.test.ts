import { describe, expect, test } from "vitest";
import { browserTestsRun } from "../testing/chromium.ts";
import { checkoutFixture, goOn, openProcessing, readyForProcessing, sessionOf } from "../testing/checkout-fixture.ts";

describe.runIf(browserTestsRun())("the processing page, in a Chromium", () => {
  const fixture = checkoutFixture();
  const atResult = async () => {
    await fixture.page.getByRole("heading", { name: "Back at result" }).waitFor();
    return sessionOf(fixture, new URL(fixture.page.url()));
  };

  test("shows what is paid and goes to the result page when it is confirmed", async () => {
    await openProcessing(fixture);
    await fixture.page.getByText("asks for $19.00").waitFor();
    await fixture.page.getByText("Visa ****1111 (Amazon Pay)").waitFor();
    await fixture.page.getByText("ORDER-7").waitFor();
    await goOn(fixture.page);
    const session = await atResult();
    expect(session).toMatchObject({ buyerConfirmed: true, status: { state: "Open" } });
    await fixture.page.goto(
      `${fixture.origin}/checkout/processing?amazonCheckoutSessionId=${session.checkoutSessionId}`,
    );
    expect((await atResult()).status.state).toBe("Open");
  });

  test.each([
    ["visa-3064", "BuyerCanceled"],
    ["visa-3434", "Declined"],
    ["visa-0701", "Declined"],
  ])("the card %s ends it as %s", async (instrument, reasonCode) => {
    await openProcessing(fixture, { instrument });
    await goOn(fixture.page);
    expect((await atResult()).status).toMatchObject({ state: "Canceled", reasonCode });
  });

  test("a pending card goes through where pending authorizations can be handled", async () => {
    const session = await openProcessing(fixture, { instrument: "visa-4354" });
    await fixture.page.goto(readyForProcessing(fixture, session, { canHandlePendingAuthorization: true }));
    await goOn(fixture.page);
    expect((await atResult()).buyerConfirmed).toBe(true);
  });

  test.each([
    ["Decline the payment", "Declined"],
    ["Cancel as the buyer", "BuyerCanceled"],
    ["Cancel as the service", "AmazonCanceled"],
  ])("%s", async (name, reasonCode) => {
    await openProcessing(fixture);
    await fixture.page.getByRole("button", { name }).click();
    expect((await atResult()).status).toMatchObject({ state: "Canceled", reasonCode });
  });

  test("what was confirmed stays confirmed, whatever an old page in another tab says", async () => {
    const { page } = fixture;
    const asked = await openProcessing(fixture);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await page.locator("button.main").dblclick();
    await atResult();
    await other.getByRole("button", { name: "Cancel as the buyer" }).click();
    await other.getByRole("heading", { name: "Back at result" }).waitFor();
    expect(asked).toMatchObject({ buyerConfirmed: true, status: { state: "Open" } });
  });

  test("a one-time code: wrong, then right", async () => {
    await openProcessing(fixture);
    await fixture.page.getByRole("button", { name: "one-time code" }).click();
    await fixture.page.getByLabel("Six-digit code").fill("000000");
    await goOn(fixture.page);
    expect(await fixture.page.getByRole("alert").textContent()).toContain("Attempts left: 2");
    await fixture.page.getByLabel("Six-digit code").fill("123456");
    await goOn(fixture.page);
    expect((await atResult()).buyerConfirmed).toBe(true);
  });

  test("a one-time code: three wrong ones, or giving up, declines the payment", async () => {
    await openProcessing(fixture);
    await fixture.page.getByRole("button", { name: "one-time code" }).click();
    for (const code of ["1", "22", "333"]) {
      await fixture.page.getByLabel("Six-digit code").fill(code.padEnd(6, "0"));
      await goOn(fixture.page);
    }
    expect((await atResult()).status).toMatchObject({
      reasonCode: "Declined",
      reasonDescription: expect.stringContaining("MFA") as string,
    });
    await openProcessing(fixture);
    await fixture.page.getByRole("button", { name: "one-time code" }).click();
    await fixture.page.getByRole("button", { name: "Fail the verification" }).click();
    expect((await atResult()).status.reasonCode).toBe("Declined");
  });
});
