import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { CheckoutSession } from "../../engine/objects/index.ts";
import { updateSession } from "../../engine/sessions/session-changes.ts";
import type { SandboxMerchant } from "../../merchants/sandbox-merchant.ts";
import type { Sandbox } from "../../service/sandbox.ts";
import { launchChromium } from "./chromium.ts";
import { listeningSandbox, type ListeningSandbox } from "./listening.ts";
import { openShop, script, type Shop } from "./shop-fixture.ts";
import { signPayload, type SignedConfig } from "./sign-payload.ts";

/** A Chromium, a listening sandbox and a shop, shared by the tests of a file; every test has a fresh browser context. */
export interface CheckoutFixture {
  readonly browser: Browser;
  readonly page: Page;
  readonly shop: Shop;
  readonly sandbox: Sandbox;
  readonly origin: string;
  /** Merchant in na. */
  readonly merchant: SandboxMerchant;
  /** What the page wrote to the console, and errors that nobody caught. */
  readonly consoleTexts: readonly string[];
}

/** Registers the hooks that create the fixture and remove it. */
export function checkoutFixture(): CheckoutFixture {
  let browser: Browser;
  let listening: ListeningSandbox;
  let shop: Shop;
  let page: Page;
  let consoleTexts: string[] = [];
  beforeAll(async () => {
    [browser, listening] = await Promise.all([launchChromium(), listeningSandbox()]);
    shop = await openShop(listening.origin);
  });
  afterAll(async () => {
    await browser.close();
    await shop[Symbol.asyncDispose]();
    await listening[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    const context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    consoleTexts = [];
    page.on("console", (message) => consoleTexts.push(message.text()));
    page.on("pageerror", (error) => consoleTexts.push(String(error)));
    return () => context.close();
  });
  return {
    get browser() {
      return browser;
    },
    get page() {
      return page;
    },
    get shop() {
      return shop;
    },
    get sandbox() {
      return listening.sandbox;
    },
    get origin() {
      return listening.origin;
    },
    get merchant() {
      return merchantOf(listening.sandbox, "na");
    },
    get consoleTexts() {
      return consoleTexts;
    },
  };
}

/** The sandbox's merchant in a region. */
export function merchantOf(sandbox: Sandbox, region: "na" | "eu" | "jp"): SandboxMerchant {
  const merchant = sandbox.merchants.find((row) => row.region === region);
  if (merchant === undefined) throw new Error(`no merchant in ${region}`);
  return merchant;
}

/** A signed payload of a payment button. */
export function paymentPayload(fixture: CheckoutFixture, over: object = {}, merchant = fixture.merchant): SignedConfig {
  return signPayload(merchant, {
    webCheckoutDetails: {
      checkoutReviewReturnUrl: `${fixture.shop.origin}/review?cart=7`,
      checkoutCancelUrl: `${fixture.shop.origin}/cancelled`,
    },
    storeId: merchant.storeId,
    ...over,
  });
}

/** A shop page with a button. */
export function buttonPage(fixture: CheckoutFixture, config: object, merchant = fixture.merchant): string {
  return script`amazon.Pay.renderButton("#button", ${{ ...baseConfig(merchant), ...config }});`;
}

/** What every configuration has. */
function baseConfig(merchant: SandboxMerchant): object {
  return { merchantId: merchant.merchantId, ledgerCurrency: merchant.currency, placement: "Checkout" };
}

/** Opens the shop and clicks the button. */
export async function clickButton(
  fixture: CheckoutFixture,
  config: object,
  merchant = fixture.merchant,
): Promise<void> {
  fixture.shop.html = buttonPage(fixture, config, merchant);
  await fixture.page.goto(fixture.shop.origin);
  await fixture.page.locator("#button button").click();
}

/** Goes on from a hosted page. */
export async function goOn(page: Page): Promise<void> {
  await page.locator("button.main").click();
}

/** Goes on until the shop's page is there. */
export async function goOnTo(fixture: CheckoutFixture, path: string): Promise<URL> {
  for (let step = 0; step < 6 && !fixture.page.url().startsWith(fixture.shop.origin); step += 1)
    await goOn(fixture.page);
  return backAt(fixture, path);
}

/** The shop's address once the buyer is back there. */
export async function backAt(fixture: CheckoutFixture, path: string): Promise<URL> {
  await fixture.page.getByRole("heading", { name: `Back at ${path}` }).waitFor();
  return new URL(fixture.page.url());
}

/** The session that the shop's address names. */
export function sessionOf(fixture: CheckoutFixture, url: URL): CheckoutSession {
  const session = fixture.sandbox.engine.state.checkoutSessions.get(
    url.searchParams.get("amazonCheckoutSessionId") ?? "",
  );
  if (session === undefined) throw new Error(`no session in ${url.href}`);
  return session;
}

/** What the merchant's server does on the review page: sets amount, intent and result address. */
export function readyForProcessing(
  fixture: CheckoutFixture,
  session: CheckoutSession,
  paymentDetails: object = {},
): string {
  const merchant = fixture.sandbox.engine.state.merchants.get(session.merchantId);
  if (merchant === undefined) throw new Error("no merchant");
  const body = {
    webCheckoutDetails: { checkoutResultReturnUrl: `${fixture.shop.origin}/result` },
    paymentDetails: {
      paymentIntent: "Authorize",
      chargeAmount: { amount: "19", currencyCode: merchant.currency },
      ...paymentDetails,
    },
    merchantMetadata: { merchantReferenceId: "ORDER-7", merchantStoreName: "Test shop" },
  };
  updateSession(fixture.sandbox.engine, session, body, merchant);
  return `${fixture.origin}/checkout/processing?amazonCheckoutSessionId=${session.checkoutSessionId}`;
}

/** Signs in with defaults, without pages, and opens the processing page. */
export async function openProcessing(
  fixture: CheckoutFixture,
  choices: { readonly instrument?: string } = {},
): Promise<CheckoutSession> {
  await clickButton(fixture, { createCheckoutSessionConfig: paymentPayload(fixture) });
  await goOn(fixture.page);
  await goOn(fixture.page);
  if (choices.instrument !== undefined) await fixture.page.locator(`[value="${choices.instrument}"]`).check();
  const session = sessionOf(fixture, await goOnTo(fixture, "review"));
  await fixture.page.goto(readyForProcessing(fixture, session));
  return session;
}
