import type { SandboxReadyFile } from "@amazon-pay-kit/sdk";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { startSandbox, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browserTestsRun, launchChromium } from "../../packages/sandbox/src/checkout/testing/chromium.ts";
import { listen } from "../../packages/sandbox/src/checkout/testing/listening.ts";

const NONCE = "c2hvcA==";
const AMOUNT = { amount: "19.50", currencyCode: "USD" } as const;

/** A page as a browser gets it: one module, bundled as a shop would. */
async function bundled(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../../packages/browser/src/testing/pages/${name}.ts`, import.meta.url))],
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    conditions: ["@amazon-pay-kit/source"],
    define: { "process.env.NODE_ENV": '"development"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false" },
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

describe.runIf(browserTestsRun())("the button in a page, in a Chromium", () => {
  let started: StartedSandbox;
  let pay: AmazonPay;
  let browser: Browser;
  let page: Page;
  let shop: { readonly origin: string; readonly close: () => Promise<void> };
  let policy = "";
  const scripts = new Map<string, string>();
  const outcomes: string[] = [];
  let consoleTexts: string[] = [];

  const html = (body: string): Response =>
    new Response(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head><body><a id="to-home">home</a> <a id="to-cart">cart</a> <a id="more">more</a><main></main><ul id="problems"></ul>${body}</body></html>`,
      { headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy } },
    );

  const answer = async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    const id = searchParams.get("amazonCheckoutSessionId") ?? "";
    const name = request.headers.get("cookie")?.replace("page=", "") ?? "element";
    const merchant = pay.sandboxMerchant;
    if (pathname === "/page.js")
      return new Response(scripts.get(name), { headers: { "content-type": "text/javascript" } });
    if (pathname === "/api/button") {
      const signed = await pay.button.create({
        webCheckoutDetails: { checkoutReviewReturnUrl: `${shop.origin}/review` },
        storeId: merchant?.storeId ?? "",
      });
      const { merchantId } = merchant ?? {};
      const scriptUrl = `${started.ready.http}/checkout.js`;
      return Response.json({ signed, region: "na", merchantId, ledgerCurrency: "USD", placement: "Cart", scriptUrl });
    }
    if (pathname === "/pay") {
      const { webCheckoutDetails } = await pay.checkoutSessions.update(id, {
        webCheckoutDetails: { checkoutResultReturnUrl: `${shop.origin}/result` },
        paymentDetails: { paymentIntent: "AuthorizeWithCapture", chargeAmount: AMOUNT },
      });
      return Response.redirect(webCheckoutDetails?.amazonPayRedirectUrl ?? "", 303);
    }
    if (pathname === "/result") {
      const { outcome } = await pay.checkoutSessions.finish(id, AMOUNT);
      outcomes.push(outcome);
      return html(`<h1>Outcome ${outcome}</h1>`);
    }
    return html(`<script type="module" nonce="${NONCE}" src="/page.js"></script>`);
  };

  beforeAll(async () => {
    started = await startSandbox({ port: 0, httpsPort: 0, seed: "button-in-pages" });
    pay = AmazonPay.forSandbox(started.ready as SandboxReadyFile, { region: "na" });
    for (const name of ["element", "react", "vue"]) scripts.set(name, await bundled(name));
    const server = await listen(answer);
    shop = { ...server, origin: server.origin.replace("127.0.0.1", "localhost") };
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
    await started?.close();
  });
  beforeEach(async () => {
    policy = `script-src 'nonce-${NONCE}'`;
    const context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(120_000);
    consoleTexts = [];
    page.on("console", (message) => consoleTexts.push(message.text()));
    page.on("pageerror", (error) => consoleTexts.push(String(error)));
    return () => context.close();
  });

  const open = async (name: string, path = "/"): Promise<void> => {
    await page.context().addCookies([{ name: "page", value: name, url: shop.origin }]);
    await page.goto(`${shop.origin}${path}`);
    await page.locator("html[data-loaded=yes]").waitFor();
  };
  const button = () => page.locator("main button").first();
  const scriptCount = () => page.locator('script[src$="/checkout.js"]').count();
  // React's strict mode mounts, and so complains, twice.
  const problems = async () => [...new Set(await page.locator("#problems li").allTextContents())];

  /** Goes on from hosted page to hosted page until the shop's page is there. */
  const goOnTo = async (path: string): Promise<void> => {
    for (let step = 0; step < 12 && new URL(page.url()).pathname !== path; step += 1) {
      const consent = page.locator("#agree");
      if (await consent.isVisible()) await consent.check();
      const before = page.url();
      await page.locator("button.main").click();
      await page.waitForURL((url) => url.href !== before);
    }
    expect(new URL(page.url()).pathname).toBe(path);
  };

  describe.each(["element", "react", "vue"])("%s", (name) => {
    test.each<[string, string, string]>([
      ["a placement", "placement=cart", "placement"],
      ["a currency of another region", "ledgerCurrency=EUR", "ledgerCurrency"],
      ["a currency", "ledgerCurrency=CHF", "ledgerCurrency"],
      ["a language of another region", "checkoutLanguage=de_DE", "checkoutLanguage"],
      ["a colour", "buttonColor=Blue", "buttonColor"],
      ["a product type", "productType=SignIn", "productType"],
      ["a region", "region=mars", "region"],
      ["an address without TLS", "scriptUrl=http://shop.example/checkout.js", "scriptUrl"],
    ])("says what is wrong with %s", async (_, query, option) => {
      await open(name, `/?${query}`);
      await page.locator("#to-cart").click();
      await expect.poll(problems).toEqual([`button.options ${option}`]);
      const reported = consoleTexts.filter((text) => text.includes(`(button.options): ${option} `));
      expect(reported).toHaveLength(name === "react" ? 2 : 1);
      expect([await scriptCount(), await button().count()]).toEqual([0, 0]);
    });

    test("says when the script cannot be had, and when the page's own policy forbids it", async () => {
      await open(name, "/?scriptUrl=http://127.0.0.1:9/checkout.js");
      await page.locator("#to-cart").click();
      await expect.poll(problems).toEqual(["script.unreachable "]);
      policy = `script-src 'nonce-${NONCE}'; script-src-elem 'self'`;
      await open(name);
      await page.locator("#to-cart").click();
      await expect.poll(problems).toEqual(["script.forbidden "]);
      expect(consoleTexts.join("\n")).toContain(`add ${started.ready.http} to script-src`);
    });

    test("is there again after navigation in the page, with one script", async () => {
      await open(name);
      for (let round = 0; round < 3; round += 1) {
        await page.locator("#to-cart").click();
        await button().waitFor();
        expect([await scriptCount(), await page.locator("main button").count()]).toEqual([1, 1]);
        await page.locator("#to-home").click();
        await expect.poll(() => button().count()).toBe(0);
      }
      expect(await problems()).toEqual([]);
      expect(consoleTexts.filter((text) => /amazon/i.test(text))).toEqual([]);
    });

    test("leads to a paid order, over a changed address", async () => {
      outcomes.length = 0;
      await open(name);
      await page.locator("#to-cart").click();
      await button().click();
      await page.waitForURL((url) => url.origin === started.ready.http);
      await goOnTo("/review");
      await page.locator("html[data-loaded=yes]").waitFor();
      const change = page.getByRole("button", { name: "Change address" });
      await change.waitFor();
      await expect.poll(scriptCount).toBe(1);
      await page.waitForFunction("window.amazon?.Pay !== undefined");
      await change.click();
      await page.waitForURL((url) => url.origin === started.ready.http);
      await goOnTo("/review");
      await page.goto(page.url().replace("/review", "/pay"));
      await goOnTo("/result");
      await page.getByRole("heading", { name: "Outcome captured" }).waitFor();
      expect(outcomes).toEqual(["captured"]);
    });
  });

  test("a new estimate is shown without drawing the button again", async () => {
    await open("react");
    await page.locator("#to-cart").click();
    await button().waitFor();
    const drawings = () => page.locator("html").getAttribute("data-ready");
    const before = await drawings();
    await page.locator("#more").click();
    await button().click();
    await page.waitForURL((url) => url.origin === started.ready.http);
    expect(before).toBe("1");
    expect(consoleTexts.filter((text) => text.includes("Amazon Pay ("))).toEqual([]);
  });

  test("an element waits for what the server signs, and says so", async () => {
    await open("element");
    await page.evaluate(
      `document.querySelector("main").innerHTML = '<amazon-pay-button region="na" merchant-id="A1" ledger-currency="USD" placement="Cart"></amazon-pay-button>'`,
    );
    await expect.poll(() => consoleTexts.filter((text) => text.includes("waits for `signed`")).length).toBe(1);
    await page.evaluate(`document.querySelector("amazon-pay-button").setAttribute("signed", "{&quot;")`);
    await expect.poll(problems).toEqual(["button.options signed"]);
  });
});
