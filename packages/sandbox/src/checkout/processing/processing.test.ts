import { describe, expect, test } from "vitest";
import { browserTestsRun } from "../testing/chromium.ts";
import { checkoutRig, goOn, openProcessing, readyForProcessing, sessionOf } from "../testing/checkout-fixture.ts";

describe.runIf(browserTestsRun())("the processing page, in a Chromium", () => {
  const rig = checkoutRig();
  const atResult = async () => {
    await rig.page.getByRole("heading", { name: "Back at result" }).waitFor();
    return sessionOf(rig, new URL(rig.page.url()));
  };

  test("shows what is paid and goes to the result page when it is confirmed", async () => {
    await openProcessing(rig);
    await rig.page.getByText("asks for $19.00").waitFor();
    await rig.page.getByText("Visa ****1111 (Amazon Pay)").waitFor();
    await rig.page.getByText("ORDER-7").waitFor();
    await goOn(rig.page);
    const session = await atResult();
    expect(session).toMatchObject({ buyerConfirmed: true, status: { state: "Open" } });
    await rig.page.goto(`${rig.origin}/checkout/processing?amazonCheckoutSessionId=${session.checkoutSessionId}`);
    expect((await atResult()).status.state).toBe("Open");
  });

  test.each([
    ["visa-3064", "BuyerCanceled"],
    ["visa-3434", "Declined"],
    ["visa-0701", "Declined"],
  ])("the card %s ends it as %s", async (instrument, reasonCode) => {
    await openProcessing(rig, { instrument });
    await goOn(rig.page);
    expect((await atResult()).status).toMatchObject({ state: "Canceled", reasonCode });
  });

  test("a pending card goes through where pending authorizations can be handled", async () => {
    const session = await openProcessing(rig, { instrument: "visa-4354" });
    await rig.page.goto(readyForProcessing(rig, session, { canHandlePendingAuthorization: true }));
    await goOn(rig.page);
    expect((await atResult()).buyerConfirmed).toBe(true);
  });

  test.each([
    ["Decline the payment", "Declined"],
    ["Cancel as the buyer", "BuyerCanceled"],
    ["Cancel as the service", "AmazonCanceled"],
  ])("%s", async (name, reasonCode) => {
    await openProcessing(rig);
    await rig.page.getByRole("button", { name }).click();
    expect((await atResult()).status).toMatchObject({ state: "Canceled", reasonCode });
  });

  test("what was confirmed stays confirmed, whatever an old page in another tab says", async () => {
    const { page } = rig;
    const asked = await openProcessing(rig);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await page.locator("button.main").dblclick();
    await atResult();
    await other.getByRole("button", { name: "Cancel as the buyer" }).click();
    await other.getByRole("heading", { name: "Back at result" }).waitFor();
    expect(asked).toMatchObject({ buyerConfirmed: true, status: { state: "Open" } });
  });

  test("a one-time code: wrong, then right", async () => {
    await openProcessing(rig);
    await rig.page.getByRole("button", { name: "one-time code" }).click();
    await rig.page.getByLabel("Six-digit code").fill("000000");
    await goOn(rig.page);
    expect(await rig.page.getByRole("alert").textContent()).toContain("Attempts left: 2");
    await rig.page.getByLabel("Six-digit code").fill("123456");
    await goOn(rig.page);
    expect((await atResult()).buyerConfirmed).toBe(true);
  });

  test("a one-time code: three wrong ones, or giving up, declines the payment", async () => {
    await openProcessing(rig);
    await rig.page.getByRole("button", { name: "one-time code" }).click();
    for (const code of ["1", "22", "333"]) {
      await rig.page.getByLabel("Six-digit code").fill(code.padEnd(6, "0"));
      await goOn(rig.page);
    }
    expect((await atResult()).status).toMatchObject({
      reasonCode: "Declined",
      reasonDescription: expect.stringContaining("MFA") as string,
    });
    await openProcessing(rig);
    await rig.page.getByRole("button", { name: "one-time code" }).click();
    await rig.page.getByRole("button", { name: "Fail the verification" }).click();
    expect((await atResult()).status.reasonCode).toBe("Declined");
  });
});
