import { AmazonPay } from "@amazon-pay-kit/sdk";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browserTestsRun, launchChromium } from "../checkout/testing/chromium.ts";
import { listeningSandbox, type ListeningSandbox } from "../checkout/testing/listening.ts";
import { checkAppearance } from "../checkout/testing/page-fixture.ts";
import { createSandbox } from "../service/create-sandbox.ts";
import type { Sandbox } from "../service/sandbox.ts";

function clientOf(sandbox: Sandbox): AmazonPay {
  const merchant = sandbox.merchants[0];
  const key = merchant?.keys[0];
  if (merchant === undefined || key?.privateKeyPem === undefined) throw new Error("no merchant");
  const { region } = merchant;
  return new AmazonPay({
    region,
    publicKeyId: key.publicKeyId,
    privateKey: key.privateKeyPem,
    fetch: sandbox.fetch,
    maxRetries: 0,
  });
}

async function permissionIn(sandbox: Sandbox): Promise<string> {
  const body = {
    merchantId: sandbox.merchants[0]?.merchantId ?? "",
    amount: "100.00",
    currencyCode: "USD",
    merchantReferenceId: "ORDER-1",
  };
  const { chargePermissionId } = await sandbox.control("POST", "/charge-permissions", body);
  return chargePermissionId;
}

/** Calls of every kind: good, refused, wrongly signed, spoilt by a fault, from the hosted pages. */
async function trade(sandbox: Sandbox): Promise<{ permission: string; charge: string }> {
  const pay = clientOf(sandbox);
  const permission = await permissionIn(sandbox);
  const charge = await pay.charges.create(
    { chargePermissionId: permission, chargeAmount: { amount: "60.00", currencyCode: "USD" }, captureNow: true },
    { idempotencyKey: "one" },
  );
  await pay.refunds.create(
    { chargeId: charge.chargeId, refundAmount: { amount: "10.00", currencyCode: "USD" } },
    { idempotencyKey: "two" },
  );
  await pay.charges.retrieve("S01-0000000-0000000-C000000").catch(() => undefined);
  await sandbox.control("POST", "/faults", {
    match: { path: "/v2/chargePermissions/*" },
    fault: "status",
    status: 503,
  });
  await pay.chargePermissions.retrieve(permission).catch(() => undefined);
  const unknown = sandbox.merchants[1]?.keys[0]?.privateKeyPem ?? "";
  const wrong = new AmazonPay({
    region: "na",
    publicKeyId: sandbox.merchants[0]?.keys[0]?.publicKeyId ?? "",
    privateKey: unknown,
    fetch: sandbox.fetch,
    maxRetries: 0,
  });
  await wrong.charges.retrieve(charge.chargeId).catch(() => undefined);
  await sandbox.fetch(new Request("http://sandbox.invalid/checkout/visits/none"));
  return { permission, charge: charge.chargeId };
}

describe("the inspector's pages", () => {
  let sandbox: Sandbox;
  const get = (path: string, headers: Record<string, string> = {}) =>
    sandbox.fetch(new Request(`http://127.0.0.1/_sandbox/ui${path}`, { headers }));
  beforeAll(async () => {
    sandbox = await createSandbox({
      seed: 1,
      merchants: [{ region: "na", notificationUrl: "http://localhost:9/" }, { region: "eu" }],
      transport: async () => new Response(),
    });
    await trade(sandbox);
  });

  test.each([
    "",
    "/changes",
    "/notifications",
    "/money",
    "/clock",
    "/faults",
    "/objects/charges",
    "/objects/merchants",
    "/calls/1",
    "/calls/5",
    "/calls/6",
    "/compare?kind=calls&left=1&right=2",
    "/compare?kind=calls&left=1&right=1&all=yes",
    "?q=%00%22%3Cscript%3E",
  ])("%s", async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'self'.*frame-ancestors 'none'; script-src 'self'; connect-src 'self'$/,
    );
    const html = await answer.text();
    expect(html).not.toMatch(/<script>|style=|\son\w+=|"><script|src="http/);
  });

  test.each([
    "/calls/0",
    "/calls/999999",
    "/calls/abc",
    "/calls/1e3",
    "/objects/nothing",
    "/objects/toString",
    "/objects/charges/none",
    "/objects/charges/..%2f..",
    "/what",
    "/a/b/c/d",
    "/compare",
    "/compare?kind=calls&left=1&right=999",
    "/compare?kind=calls&left=1e0&right=1",
    "/compare?kind=toString&left=1&right=1",
    "/compare?kind=charges&left=S01&right=S02",
  ])("%s is not there", async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toContain("text/html");
  });

  test.each(["/", "/_sandbox", "/_sandbox/"])("a browser that opens %s is led to the inspector", async (path) => {
    const open = (accept: string) => sandbox.fetch(new Request(`http://127.0.0.1${path}`, { headers: { accept } }));
    const answer = await open("text/html,application/xhtml+xml");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/_sandbox/ui"]);
    expect((await open("*/*")).headers.get("location")).toBeNull();
  });

  test.each([{ host: "evil.example" }, { "sec-fetch-site": "cross-site" }, { origin: "http://evil.example" }])(
    "nobody from elsewhere: %j",
    async (headers) => {
      expect((await get("/objects/charges", headers)).status).toBe(403);
    },
  );

  test("neither secrets nor buyer data are on any page", async () => {
    const paths = [
      "",
      "/changes",
      "/money",
      "/objects/merchants",
      ...["sessions", "permissions", "charges"].map((kind) => `/objects/${kind}`),
    ];
    const pages = await Promise.all(paths.map(async (path) => (await get(path)).text()));
    const merchant = sandbox.merchants[0];
    const detail = await (await get(`/objects/merchants/${merchant?.merchantId}`)).text();
    for (const html of [...pages, detail]) {
      expect(html).not.toContain(merchant?.mws.secretKey);
      expect(html).not.toMatch(/PRIVATE KEY|buyer\.one@|410 Sandbox Ave/);
    }
  });

  test("looking is not logged", async () => {
    const before = sandbox.events.nextId;
    await get("");
    await get("/money");
    expect(sandbox.events.nextId).toBe(before);
  });
});

describe.runIf(browserTestsRun())("the inspector in a Chromium", () => {
  let browser: Browser;
  let listening: ListeningSandbox;
  let page: Page;
  beforeAll(async () => {
    const transport = async () => new Response(null, { status: 503 });
    [browser, listening] = await Promise.all([
      launchChromium(),
      listeningSandbox({
        merchants: [
          { region: "na", storeName: "Sandbox Store US", notificationUrl: "http://localhost:9/ipn" },
          { region: "eu" },
          { region: "jp" },
        ],
        transport,
      }),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await listening[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    const context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(120_000);
    return () => context.close();
  });
  const ui = (path: string): string => `${listening.origin}/_sandbox/ui${path}`;

  test("calls appear as they happen, can be searched, opened by the keyboard, and explain themselves", async () => {
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(ui(""));
    await page.getByText("No calls yet").waitFor();
    const { charge } = await trade(listening.sandbox);
    await page.getByRole("link", { name: /POST \/v2\/refunds/ }).waitFor();
    await checkAppearance(page, "inspector-1-calls");
    await page.getByLabel("Search").fill("is:unsigned");
    await expect.poll(() => page.locator("[data-rows] a").count()).toBe(1);
    expect(page.url()).toContain("q=is%3Aunsigned");
    await page.getByLabel("Search").fill("");
    await expect.poll(() => page.locator("[data-rows] a").count()).toBeGreaterThan(4);
    await page.locator("[data-rows] a").nth(0).focus();
    await page.keyboard.press("ArrowDown");
    expect(await page.evaluate("document.activeElement.textContent")).toContain(charge);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /Signature/ }).waitFor();
    await page.getByText("x-amz-pay-host").first().waitFor();
    await checkAppearance(page, "inspector-2-wrong-signature");
    await page.goto(ui("?q=operation:createcharge"));
    await page.locator("[data-rows] a").first().click();
    await page.getByRole("heading", { name: "What it changed" }).waitFor();
    await checkAppearance(page, "inspector-3-charge-call");
    // The charge was authorized and captured by the one call: two changes, each with its link.
    expect(await page.getByRole("link", { name: charge }).count()).toBe(2);
    await page.getByRole("link", { name: charge }).first().click();
    await page.getByRole("heading", { name: "History" }).waitFor();
    await checkAppearance(page, "inspector-4-charge");
    expect(complaints).toEqual([]);
  });

  test("objects, changes, notifications", async () => {
    await page.goto(ui("/objects/charges"));
    await checkAppearance(page, "inspector-5-charges");
    await page.goto(ui("/changes"));
    await checkAppearance(page, "inspector-6-changes");
    await page.goto(ui("/notifications"));
    await checkAppearance(page, "inspector-7-notifications");
    await page.locator("#spoil-merchant").selectOption({ index: 0 });
    await page.getByLabel("Further copies").fill("2");
    await page.getByRole("button", { name: "Disturb", exact: true }).click();
    await page.getByText("Done.").waitFor();
    await page.getByRole("region", { name: "Disturbances to come" }).waitFor();
    await page.getByLabel("Delivered later by").fill("soon");
    await page.getByRole("button", { name: "Disturb", exact: true }).click();
    await page.getByText(/delay: cannot read/).waitFor();
  });

  test("a call is sent again, compared with the first, and copied as a program", async () => {
    listening.sandbox.reset();
    const { charge } = await trade(listening.sandbox);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(ui("?q=operation:createcharge"));
    await page.locator("[data-rows] a").first().click();
    await page.getByRole("button", { name: "Same request, signed anew" }).click();
    await page.getByText("Answered 201.").waitFor();
    await page.getByRole("button", { name: "New idempotency key" }).click();
    await page.getByText("Answered 400 TransactionAmountExceeded.").waitFor();
    for (const [summary, part] of [
      ["As a call of the SDK", "await pay.charges.create({"],
      ["As a script with curl", "rsa_padding_mode:pss"],
      ["As a test", "expect(answer.status).toBe(201);"],
    ] as const) {
      await page.getByText(summary).click();
      const copied = page.locator("details", { hasText: summary }).getByRole("button", { name: "Copy" });
      await copied.click();
      await page.locator("details", { hasText: summary }).getByRole("button", { name: "Copied" }).waitFor();
      expect(await page.evaluate("navigator.clipboard.readText()")).toContain(part);
    }
    await checkAppearance(page, "inspector-11-copy");
    await page.getByRole("link", { name: "Compare" }).click();
    await page.getByText(/members differ/).waitFor();
    await page.getByRole("row", { name: /^response.status 201 400/ }).waitFor();
    await checkAppearance(page, "inspector-12-compare");
    await page.getByRole("link", { name: "Show all members" }).click();
    await page.getByRole("row", { name: /^request.method/ }).waitFor();
    await clientOf(listening.sandbox).charges.create({
      chargePermissionId: charge.slice(0, 19),
      chargeAmount: { amount: "1.00", currencyCode: "USD" },
    });
    await page.goto(ui(`/objects/charges/${charge}`));
    await page.getByLabel("Compare with").selectOption({ index: 0 });
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText(/members? differs?/).waitFor();
  });

  test("what the buyer, Amazon and time do are buttons", async () => {
    const { sandbox } = listening;
    const { merchantId = "", storeId = "" } = sandbox.merchants[0] ?? {};
    await page.goto(ui(`/objects/merchants/${merchantId}`));
    await page.getByLabel("Amount (USD)").fill("12.5x");
    await page.getByRole("button", { name: "Agrees to pay" }).click();
    await page.locator("#message.failed").waitFor();
    await page.getByLabel("Amount (USD)").fill("12.50");
    await page.getByRole("button", { name: "Agrees to pay" }).click();
    await page.getByText("Done: charge permission").waitFor();
    await checkAppearance(page, "inspector-13-merchant");
    await page.locator("#message a").click();
    await page.getByRole("button", { name: "Lets the card expire" }).click();
    await page.getByText("PaymentMethodExpired").first().waitFor();
    await checkAppearance(page, "inspector-14-permission");

    const pay = clientOf(sandbox);
    const session = await pay.checkoutSessions.create({
      webCheckoutDetails: {
        checkoutReviewReturnUrl: "https://shop.example/review",
        checkoutResultReturnUrl: "https://shop.example/result",
      },
      storeId,
      paymentDetails: { paymentIntent: "AuthorizeWithCapture", chargeAmount: { amount: "19.00", currencyCode: "USD" } },
    });
    await page.goto(ui(`/objects/sessions/${session.checkoutSessionId}`));
    await page.getByRole("button", { name: "Signs in with this card" }).click();
    await page.getByText("Done. The buyer’s browser goes to https://shop.example/review").waitFor();
    await page.getByRole("link", { name: "Open Amazon’s page where the buyer confirms" }).waitFor();
    await checkAppearance(page, "inspector-15-session");
    await page.getByRole("button", { name: "Confirms and pays" }).click();
    await page.getByText("Done. The buyer’s browser goes to https://shop.example/result").waitFor();
    const { chargeId } = await pay.checkoutSessions.complete(session.checkoutSessionId, {
      chargeAmount: { amount: "19.00", currencyCode: "USD" },
    });
    await page.goto(ui(`/objects/charges/${chargeId}`));
    await page.getByRole("button", { name: "Disputes the charge at the bank (chargeback)" }).click();
    await page.getByText("Done: dispute").waitFor();
    await page.locator("#message a").click();
    await checkAppearance(page, "inspector-16-dispute");
    await page.getByRole("button", { name: "Decides for the merchant" }).click();
    await page.getByText("InvestigatorResolved").first().waitFor();

    const refund = await pay.refunds
      .create({ chargeId: chargeId ?? "", refundAmount: { amount: "1.00", currencyCode: "USD" } })
      .catch(() => undefined);
    expect(refund).toBeDefined();
    await page.goto(ui(`/objects/refunds/${refund?.refundId}`));
    await page.getByRole("button", { name: /^Passes until it is no longer RefundInitiated/ }).click();
    await page.getByText("Refunded").first().waitFor();

    await page.goto(ui(`/objects/merchants/${merchantId}`));
    page.once("dialog", (dialog) => dialog.accept());
    await page.getByRole("button", { name: "Suspends the account" }).click();
    await page.getByRole("button", { name: "Reactivates the account" }).click();
    await page.getByRole("button", { name: "Suspends the account" }).waitFor();
  });

  test("the clock and the money move", async () => {
    await page.goto(ui("/clock"));
    await checkAppearance(page, "inspector-8-clock");
    const before = listening.sandbox.clock.now();
    await page.getByRole("button", { name: "+ 1 day" }).click();
    await expect.poll(() => listening.sandbox.clock.now() - before).toBeGreaterThan(86_000_000);
    await page.getByLabel("By (ISO 8601)").fill("tomorrow");
    await page.getByRole("button", { name: "Advance" }).click();
    await page.getByText("must be an ISO 8601 duration").waitFor();
    await page.goto(ui("/money"));
    await page.getByRole("button", { name: "Close the running settlement" }).click();
    await page.getByRole("region", { name: "Closed settlements" }).waitFor();
    await page.getByRole("button", { name: "Plan it" }).click();
    await page.getByText("waiting").waitFor();
    await checkAppearance(page, "inspector-9-money");
  });

  test("faults are put in and taken out", async () => {
    await page.goto(ui("/faults"));
    await page.locator("#path").fill("/v2/charges/*");
    await page.locator("#method").selectOption("GET");
    await page.getByRole("button", { name: "Add rule" }).click();
    await page.getByRole("list", { name: "Rules in force" }).getByText("/v2/charges/*").waitFor();
    await checkAppearance(page, "inspector-10-faults");
    expect(await listening.sandbox.control("GET", "/faults")).toMatchObject({
      faults: [{ match: { method: "GET", path: "/v2/charges/*" }, status: 503 }],
    });
    await page.getByRole("button", { name: "Remove all rules" }).click();
    await page.getByText("No rule.").waitFor();
  });

  test("the status that stands in the form is not sent with a fault that has none", async () => {
    await page.goto(ui("/faults"));
    await page.locator("#fault").selectOption("reset");
    await page.getByRole("button", { name: "Add rule" }).click();
    await expect
      .poll(async () => (await listening.sandbox.control("GET", "/faults")).faults)
      .toMatchObject([{ fault: "reset" }]);
    await listening.sandbox.control("DELETE", "/faults");
  });

  test("a reset is asked about, and then forgets everything", async () => {
    await permissionIn(listening.sandbox);
    await page.goto(ui("/clock"));
    page.once("dialog", (dialog) => dialog.dismiss());
    await page.getByRole("button", { name: "Reset the sandbox" }).click();
    expect(listening.sandbox.engine.state.chargePermissions.size).toBeGreaterThan(0);
    page.once("dialog", (dialog) => dialog.accept());
    await page.getByRole("button", { name: "Reset the sandbox" }).click();
    await page.getByText("Done.").waitFor();
    expect(listening.sandbox.engine.state.chargePermissions.size).toBe(0);
    await page.goto(ui(""));
    await page.getByText("No calls yet").waitFor();
  });
});
