import type { Locator, Page } from "playwright-core";
import { BrowserBuyerError } from "./browser-buyer-error.ts";

/** What the buyer does. Everything has a default: the first buyer pays with the first card, to the first address. */
export interface BuyerChoices {
  /** Test card, by last digits (`3434`) or id (`visa-1111`). */
  readonly card?: string | undefined;
  /** Test buyer, by name, e-mail address or id. */
  readonly buyer?: string | undefined;
  /** Address, by id (`na-work`), or a part of its text. */
  readonly address?: string | undefined;
  /**
   * How the buyer leaves the page on which the payment is confirmed. `verify` types the code that the bank sends. Default
   * `pay`; what comes of it is up to the card.
   */
  readonly outcome?: "pay" | "cancel" | "decline" | "fail" | "verify" | undefined;
  /** Element of the shop's page that holds the button, where there are several. Default: the first button of the sandbox. */
  readonly button?: string | undefined;
  /** What the buyer does on the shop's review page. With it, one call leads from the button to the shop's result page. */
  readonly review?: ((page: Page) => unknown) | undefined;
  /** For each step. Default 15,000. */
  readonly timeoutMs?: number | undefined;
}

const HOSTED = '[data-amazon-pay="page"]';
const BUTTON = '[data-amazon-pay="button"] button';
/** More pages than the longest way has. */
const MOST_PAGES = 12;
/** The code that every test buyer's bank sends. */
const CODE = "123456";

/**
 * Plays the buyer, from the page on which the browser is: clicks the shop's Amazon Pay button, or goes on where a hosted page
 * is shown already, and follows the hosted pages until the shop has the browser again. Without `review` that is the shop's review
 * page; call it again from the page at `amazonPayRedirectUrl`, or hand in `review`. A checkout in a window of its own ("Buy Now")
 * is followed until the window closes.
 *
 * @returns the shop's address that the browser is at
 * @example
 * await page.goto("http://localhost:3000/cart");
 * await payWithAmazon(page, { card: "3434", review: () => page.getByText("Pay now").click() });
 * @throws BrowserBuyerError when there is no button, no such card, or a page that cannot go on
 */
export async function payWithAmazon(page: Page, choices: BuyerChoices = {}): Promise<string> {
  const timeout = choices.timeoutMs ?? 15_000;
  const stage = await begin(page, choices, timeout);
  await follow(stage, choices, timeout);
  if (choices.review !== undefined && stage === page) {
    await choices.review(page);
    await page
      .locator(HOSTED)
      .waitFor({ timeout })
      .catch((cause: unknown) => {
        const message = `the shop's review page at ${page.url()} did not lead on to the sandbox: send the buyer to amazonPayRedirectUrl`;
        throw new BrowserBuyerError("playwright.stuck", message, { cause });
      });
    await follow(page, choices, timeout);
  }
  return page.url();
}

/** Starts at the button, unless a hosted page is there. Gives the page that the buyer goes on with. */
async function begin(page: Page, choices: BuyerChoices, timeout: number): Promise<Page> {
  const hosted = page.locator(HOSTED);
  const button = page.locator(choices.button === undefined ? BUTTON : `${choices.button} ${BUTTON}`).first();
  await hosted
    .or(button)
    .first()
    .waitFor({ timeout })
    .catch((cause: unknown) => {
      const where = choices.button === undefined ? "" : ` in ${choices.button}`;
      const message = `${page.url()} has no Amazon Pay button of a sandbox${where}: is its checkout.js loaded from the sandbox, and does the browser's console say what is wrong?`;
      throw new BrowserBuyerError("playwright.no-button", message, { cause });
    });
  if (await hosted.isVisible()) return page;
  const opened = page.waitForEvent("popup", { timeout }).catch(() => undefined);
  await button.click({ timeout });
  const arrived = hosted.waitFor({ timeout }).then(
    () => page,
    () => undefined,
  );
  const stage = (await Promise.race([opened, arrived])) ?? (await opened) ?? (await arrived);
  if (stage !== undefined) return stage;
  const message = `the button of ${page.url()} led nowhere: the browser's console says why`;
  throw new BrowserBuyerError("playwright.stuck", message);
}

async function follow(page: Page, choices: BuyerChoices, timeout: number): Promise<void> {
  for (let turn = 0; turn < MOST_PAGES; turn++) {
    if (page.isClosed()) return;
    await page.waitForLoadState("domcontentloaded", { timeout }).catch(() => undefined);
    if (page.isClosed() || !(await isHosted(page, turn === 0 ? timeout : 0))) return;
    const before = page.url();
    const next = await prepare(page, choices);
    // A page may lead to itself, the one with the bank's code: that it was loaded anew is what counts.
    const loaded = page.waitForEvent("domcontentloaded", { timeout }).catch(() => undefined);
    const closed = page.waitForEvent("close", { timeout }).catch(() => undefined);
    await next.click({ timeout });
    await Promise.race([loaded, closed]);
    if (!page.isClosed() && page.url() === before) await refuseAlert(page);
  }
  const message = `the pages of the sandbox did not come to an end; the last was ${page.url()}`;
  throw new BrowserBuyerError("playwright.stuck", message);
}

async function isHosted(page: Page, timeout: number): Promise<boolean> {
  const hosted = page.locator(HOSTED);
  if (timeout > 0) await hosted.waitFor({ timeout }).catch(() => undefined);
  return page.isClosed() ? false : (await hosted.count()) > 0;
}

/** Fills in a hosted page and gives the button that leads on. */
async function prepare(page: Page, choices: BuyerChoices): Promise<Locator> {
  await choose(page, "buyer", choices.buyer);
  await choose(page, "address", choices.address);
  await choose(page, "instrument", choices.card);
  const agree = page.locator("#agree");
  if ((await agree.count()) > 0) await agree.check();
  const code = page.locator("#code");
  if ((await code.count()) > 0) await code.fill(CODE);
  const { outcome } = choices;
  const other = page.locator(`button[name="outcome"][value="${outcome ?? ""}"]`);
  const next =
    outcome === undefined || outcome === "pay" || (await other.count()) === 0 ? page.locator("button.main") : other;
  if ((await next.count()) > 0) return next.first();
  const text = (await page.locator(HOSTED).innerText()).replaceAll(/\s+/g, " ").trim();
  throw new BrowserBuyerError("playwright.refused", `the sandbox cannot go on at ${page.url()}: ${text}`);
}

async function choose(page: Page, name: string, wanted: string | undefined): Promise<void> {
  const all = page.locator(`input[name="${name}"]`);
  if (wanted === undefined || (await all.count()) === 0) return;
  const offered = await page.locator(".choice").evaluateAll((rows) =>
    rows.map((row) => ({
      value: row.querySelector("input")?.value ?? "",
      free: row.querySelector("input")?.disabled === false,
      text: (row.textContent ?? "").replaceAll(/\s+/g, " ").trim(),
    })),
  );
  const fits = ({ value, text }: { readonly value: string; readonly text: string }): boolean =>
    value === wanted || text.includes(wanted);
  const found = offered.find((row) => row.free && fits(row));
  if (found !== undefined) {
    await page.locator(`input[name="${name}"][value="${found.value}"]`).check();
    return;
  }
  const refused = offered.find(fits);
  const there = offered.filter(({ free }) => free).map(({ value }) => value);
  throw new BrowserBuyerError(
    "playwright.no-choice",
    refused === undefined
      ? `no ${name === "instrument" ? "card" : name} ${JSON.stringify(wanted)} is offered; there are ${there.join(", ")}`
      : `${JSON.stringify(wanted)} cannot be chosen: ${refused.text}`,
  );
}

/** The page came again with something to put right, which no choice of the buyer's can. */
async function refuseAlert(page: Page): Promise<void> {
  const alert = page.locator(`${HOSTED} [role="alert"]`).filter({ visible: true });
  // A window that closes meanwhile has nothing to put right.
  const count = await alert.count().catch((error: unknown) => {
    if (page.isClosed()) return 0;
    throw error;
  });
  if (count === 0) return;
  throw new BrowserBuyerError("playwright.refused", `${page.url()} says: ${await alert.first().innerText()}`);
}
