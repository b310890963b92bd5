import { beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { signedCaller, type SignedCaller } from "../testing/index.ts";

let sandbox: Sandbox;
let call: SignedCaller;
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 1 });
  call = signedCaller(sandbox);
});

describe("the page on which a buyer pays with a card whose authorization stays pending", () => {
  const pageOf = async (paymentDetails: object, instrument: string): Promise<string> => {
    const { body } = await call<{ readonly checkoutSessionId: string }>("POST", "/v2/checkoutSessions", {
      webCheckoutDetails: {
        checkoutReviewReturnUrl: "https://shop.example/review",
        checkoutResultReturnUrl: "https://shop.example/result",
      },
      storeId: sandbox.merchants[0]?.storeId,
      paymentDetails: { chargeAmount: { amount: "9.00", currencyCode: "USD" }, ...paymentDetails },
    });
    const path = `/checkout-sessions/${body.checkoutSessionId}/buyer` as const;
    await sandbox.control("POST", path, { action: "sign-in", instrument });
    const session = await call<{ readonly webCheckoutDetails: { readonly amazonPayRedirectUrl: string } }>(
      "GET",
      `/v2/checkoutSessions/${body.checkoutSessionId}`,
    );
    const { amazonPayRedirectUrl } = session.body.webCheckoutDetails;
    return (await sandbox.fetch(new Request(amazonPayRedirectUrl))).text();
  };
  const REFUSED = /This session does not allow pending authorizations .*canHandlePendingAuthorization: true/;

  it.each(["0701", "4354"])("says so when the session does not allow that: %s", async (card) => {
    for (const paymentDetails of [
      { paymentIntent: "Authorize" },
      { paymentIntent: "Authorize", canHandlePendingAuthorization: false },
      { paymentIntent: "AuthorizeWithCapture" },
    ]) {
      expect(await pageOf(paymentDetails, card), JSON.stringify(paymentDetails)).toMatch(REFUSED);
    }
  });

  it.each([
    ["0701", /Pending, authorized after 30 seconds/],
    ["4354", /Pending, declined after 30 seconds/],
  ])("says what will come of it where it is allowed: %s", async (card, note) => {
    const page = await pageOf({ paymentIntent: "Authorize", canHandlePendingAuthorization: true }, card);
    expect(page).toMatch(note);
    expect(page).not.toMatch(REFUSED);
  });
});

describe("somebody who opens the sandbox's address", () => {
  const get = (path: string, accept?: string): Promise<Response> =>
    sandbox.fetch(
      new Request(`http://127.0.0.1:8580${path}`, {
        redirect: "manual",
        headers: accept === undefined ? {} : { accept },
      }),
    );

  it.each(["/", "/_sandbox", "/_sandbox/"])("with a browser is led to the inspector: %s", async (path) => {
    const answer = await get(path, "text/html,application/xhtml+xml");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/_sandbox/ui"]);
  });

  it("with a program gets what the older API answers there", async () => {
    const answer = await get("/");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/xml"]);
    expect(await answer.text()).toContain("PingResponse");
  });

  it("with a program is told by the control plane where its calls are listed", async () => {
    const answer = await get("/_sandbox/");
    expect(await answer.json()).toMatchObject({
      error: { code: "control.not-found", message: expect.stringContaining("/_sandbox/calls") as string },
    });
  });
});
