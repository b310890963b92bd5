import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { startDashboard, type RunningDashboard } from "@amazon-pay-kit/dashboard";
import { listExceptions, openLedger, type Ledger } from "@amazon-pay-kit/ledger";
import { startSandbox, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { systemClock, type Clock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeBooksConfig } from "../../examples/storefront/books-config.ts";
import { openShop, type OpenShop } from "../../examples/storefront/open-shop.ts";
import { dashboardBooks } from "../../packages/cli/src/books/for-dashboard.ts";
import { clockOf } from "../../packages/cli/src/demo/demo-clock.ts";
import { csrfToken } from "../../packages/dashboard/src/security/csrf.ts";
import { runProgram } from "../../packages/cli/src/program.ts";
import { browserTestsRun, launchChromium } from "../../packages/sandbox/src/checkout/testing/chromium.ts";
import { checkAppearance } from "../../packages/sandbox/src/checkout/testing/page-fixture.ts";
import { testTerminal } from "../../packages/cli/src/terminal/testing/test-terminal.ts";

describe.runIf(browserTestsRun())("from the shop's button to a balanced settlement, in a Chromium", () => {
  const folder = mkdtempSync(join(tmpdir(), "apay-shop-to-books-"));
  let started: StartedSandbox;
  let shop: OpenShop;
  let browser: Browser;
  let page: Page;
  let clock: Clock;
  let config: string;
  let ledger: Ledger;
  let dashboard: RunningDashboard;
  const problems: string[] = [];

  /** Runs `apay` in this process, with the sandbox's time. */
  const apay = async (...args: string[]): Promise<{ status: number; out: string; err: string }> => {
    const terminal = testTerminal(folder);
    const status = await runProgram([...args, "--config", config], terminal, clock, systemRandom);
    return { status, out: terminal.written.out, err: terminal.written.err };
  };

  beforeAll(async () => {
    started = await startSandbox({ port: 0, httpsPort: 0, seed: "shop-to-books" });
    const { sandbox, ready } = started;
    // Its waits end when they are called off: a lease that is let go of is not renewed any more.
    clock = clockOf(sandbox, systemClock);
    shop = await openShop(started, 0);
    const [merchant] = ready.merchants;
    if (merchant === undefined) throw new Error("the sandbox has no merchant");
    config = writeBooksConfig(folder, ready, merchant);
    browser = await launchChromium();
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(120_000);
    page.on("pageerror", (error) => problems.push(String(error)));
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.close();
    await ledger?.close();
    await shop?.close();
    await started?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Goes on from hosted page to hosted page until the shop's page with this heading is there. */
  const goOnTo = async (heading: string | RegExp, card?: string): Promise<void> => {
    const there = page.getByRole("heading", { name: heading });
    const next = page.locator("button.main");
    for (let step = 0; step < 12; step += 1) {
      await next.or(there).first().waitFor();
      if (await there.isVisible()) return;
      const consent = page.locator("#agree");
      if (await consent.isVisible()) await consent.check();
      const choice = page.getByRole("radio", { name: new RegExp(card ?? "^no card$") });
      if (await choice.isVisible()) await choice.check();
      const before = page.url();
      await next.click();
      await page.waitForURL((url) => url.href !== before);
    }
    await there.waitFor();
  };

  /** From the shop's catalogue through the hosted pages to the thank-you page. */
  const buy = async (sku: string, look = false): Promise<void> => {
    await page.goto(`${shop.origin}/buy/${sku}`);
    await page.getByRole("button").first().waitFor();
    if (look) await checkAppearance(page, "shop-button");
    await page.getByRole("button").first().click();
    await goOnTo("Is everything right?");
    if (look) await checkAppearance(page, "shop-review");
    await page.getByRole("link", { name: "Pay now" }).click();
    await goOnTo("Thank you!");
    if (look) await checkAppearance(page, "shop-result");
  };

  test("a buyer buys three articles on the hosted pages", async () => {
    await page.goto(shop.origin);
    await checkAppearance(page, "shop");
    await buy("mug", true);
    await buy("lamp");
    await buy("beans");
    expect(shop.orders.all().map((order) => `${order.product.sku} ${order.state}`)).toEqual([
      "beans paid",
      "lamp authorized",
      "mug paid",
    ]);
    expect(problems).toEqual([]);
  });

  test("a buyer signs in without buying", async () => {
    await page.goto(`${shop.origin}/sign-in`);
    await page.getByRole("button").first().waitFor();
    await page.getByRole("button").first().click();
    await goOnTo(/^Hello \w/);
    await page.getByText(/You are signed in as \S+@\S+\./).waitFor();
    await checkAppearance(page, "shop-signed-in");
    expect(problems).toEqual([]);
  });

  test("a notification tells the shop that a payment was cancelled elsewhere", async () => {
    await buy("lamp");
    const [order] = shop.orders.all();
    expect([order?.product.sku, order?.state]).toEqual(["lamp", "authorized"]);
    const reason = JSON.stringify({ cancellationReason: "the buyer has called" });
    const cancelled = await apay("call", "DELETE", `/charges/${order?.openChargeId}/cancel`, "--body", reason);
    expect([cancelled.status, cancelled.err]).toEqual([0, ""]);
    await expect.poll(() => order?.state).toBe("failed");
    await page.goto(`${shop.origin}/orders`);
    await page.getByRole("row", { name: new RegExp(`${order?.orderId}.*failed`) }).waitFor();
    expect(problems).toEqual([]);
  });

  test("the staff captures the lamp, refunds the mug and charges the coffee club again", async () => {
    await page.goto(`${shop.origin}/orders`);
    const act = async (article: string, action: string): Promise<void> => {
      await page
        .getByRole("row", { name: new RegExp(article) })
        .getByRole("button", { name: action })
        .first()
        .click();
      await page.waitForURL(/done=/);
    };
    await act("Table lamp", "capture");
    await act("Enamel mug", "refund");
    await act("Coffee club", "charge again");
    await checkAppearance(page, "shop-orders");
    const kinds = shop.orders.all().map((order) => `${order.product.sku}: ${order.entries.map(({ kind }) => kind)}`);
    expect(kinds).toEqual(["lamp: ", "beans: charge,charge", "lamp: charge", "mug: charge,refund"]);
  });

  /** The settlement that is running closes, and the books take it in, with the shop's own orders. */
  const closeAndSync = async (): Promise<string> => {
    const { sandbox, ready } = started;
    await sandbox.clock.advance("P2D");
    await sandbox.control("POST", "/settlements", { merchantId: ready.merchants[0]?.merchantId ?? "" });
    await sandbox.clock.advance("PT6H");
    const book = join(folder, "orders.csv");
    writeFileSync(book, await (await fetch(`${shop.origin}/orders.csv`)).text());
    const synced = await apay("sync", "--once");
    expect([synced.status, synced.err]).toEqual([0, expect.any(String)]);
    const imported = await apay("records", "import", book);
    expect(imported.status).toBe(0);
    return imported.out;
  };

  test("the settlement closes, and apay syncs and reconciles it without a difference", async () => {
    expect(await closeAndSync()).toContain("5 new");
    const verdict = await apay("reconcile", "--json");
    const { settlements, exceptions } = JSON.parse(verdict.out) as {
      settlements: { status: string; rows: number }[];
      exceptions: { code: string }[];
    };
    expect(exceptions.filter(({ code }) => !code.startsWith("report."))).toEqual([]);
    expect(settlements.map(({ status }) => status)).toEqual(["balanced"]);
  });

  test("the dashboard shows the order inside the balanced settlement, and leads back to the file's line", async () => {
    ledger = await openLedger({ dataDir: join(folder, "books"), clock });
    const { store } = ledger;
    // For looking only: nothing can be changed without `allowChanges`.
    dashboard = await startDashboard({
      views: { store },
      books: dashboardBooks(ledger, { store, clock, who: "finance" }),
      port: 0,
      secret: "s",
      now: () => clock.now(),
    });
    const lamp = shop.orders.all().find((order) => order.product.sku === "lamp" && order.entries.length > 0);
    const chargeId = lamp?.entries[0]?.transactionId ?? "";
    await page.goto(`${dashboard.url}/transactions`);
    await page.getByRole("searchbox", { name: "Any id or amount" }).fill("129.00");
    await page.keyboard.press("Enter");
    const row = page.getByRole("row", { name: new RegExp(chargeId) });
    await row.waitFor();
    await row.locator('a[href^="/settlements/"]').click();
    await page.getByRole("heading", { level: 1, name: /USD/ }).waitFor();
    await page.getByText("balanced", { exact: true }).first().waitFor();
    expect(await page.getByRole("cell", { name: chargeId }).count()).toBeGreaterThan(0);
    await checkAppearance(page, "dashboard-settlement-of-the-shop");
    const line = page.getByRole("row", { name: new RegExp(chargeId) }).locator('a[href*="/files/"]');
    const number = /line=(\d+)/.exec((await line.first().getAttribute("href")) ?? "")?.[1] ?? "";
    await line.first().click();
    await page.getByRole("row", { name: new RegExp(`^${number} .*${chargeId}.*129\\.00`) }).waitFor();
    await checkAppearance(page, "dashboard-line-of-the-order");
    expect((await listExceptions({ store }, { status: "to-do" })).items.map(({ code }) => code)).not.toContain(
      "capture.unknown",
    );
    expect(problems).toEqual([]);
  });

  const openCodes = async (): Promise<readonly string[]> => {
    const { exceptions } = JSON.parse((await apay("reconcile", "--json")).out) as { exceptions: { code: string }[] };
    return exceptions.map(({ code }) => code).filter((code) => !code.startsWith("report."));
  };

  test("a wrong row is found; a person explains it in the dashboard, and nobody else can", async () => {
    const { sandbox, ready } = started;
    await buy("mug");
    await sandbox.control("POST", "/discrepancies", {
      kind: "wrong-net",
      merchantId: ready.merchants[0]?.merchantId,
    });
    await closeAndSync();
    expect(await openCodes()).toEqual(["row.net"]);

    const terminal = testTerminal(folder);
    const served = runProgram(
      ["dashboard", "--allow-changes", "--port", "0", "--json", "--config", config],
      terminal,
      clock,
      systemRandom,
    );
    try {
      await expect.poll(() => terminal.written.out).toContain("}");
      const { url, link } = JSON.parse(terminal.written.out) as { url: string; link: string };
      await page.goto(link);
      await page.getByRole("link", { name: "1 to explain", exact: true }).click();
      await page.waitForURL(/\/exceptions\?status=to-do/);
      await checkAppearance(page, "dashboard-exceptions-found");
      await page.locator("main table").getByRole("link", { name: "Net amount of a row is wrong" }).first().click();
      await page.getByRole("heading", { name: "Net amount of a row is wrong" }).waitFor();
      await checkAppearance(page, "dashboard-exception");
      const path = new URL(page.url()).pathname;
      const token = (await page.locator('input[name="_token"]').first().getAttribute("value")) ?? "";

      // Anyone who has not got the form, or sends it from elsewhere, changes nothing.
      const forged = { note: "all is well" };
      for (const [form, headers] of [
        [forged, {}],
        [{ ...forged, _token: "x".repeat(43) }, {}],
        [{ ...forged, _token: token }, { origin: "http://evil.example" }],
      ] as const) {
        const answer = await page.request.post(`${url}${path}/explain?account=shop`, { form, headers });
        expect(answer.status()).toBe(403);
      }
      await page.reload();
      expect(await page.getByRole("cell", { name: "all is well" }).count()).toBe(0);

      await page
        .getByRole("textbox", { name: /Note for/ })
        .fill("Seven cents too many: corrected by hand, ticket 4711.");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      const life = page.getByRole("row", { name: /explained .+ ticket 4711/ });
      await life.waitFor();
      expect(await page.locator("dl.facts .badge").textContent()).toBe("explained");
      expect(await page.getByRole("heading", { name: "Open it again" }).count()).toBe(1);
      expect(await openCodes()).toEqual([]);

      // Where changes are not allowed there is no form, and none would be taken.
      await page.goto(`${dashboard.url}${path}?account=shop`);
      await page.getByText("read-only").waitFor();
      expect(await page.locator("main form").count()).toBe(0);
      expect(await life.count()).toBe(1);
      const refused = await page.request.post(`${dashboard.url}${path}/reopen?account=shop`, {
        form: { note: "again", _token: csrfToken("s", userInfo().username) },
      });
      expect([refused.status(), await refused.text()]).toEqual([403, expect.stringContaining("read-only")]);
      expect(problems).toEqual([]);
    } finally {
      terminal.stop();
      expect(await served).toBe(0);
    }
  });

  test.each([
    ["0701", "Thank you!", "pending", "authorized"],
    ["4354", "Thank you!", "pending", "failed"],
    ["3434", "The payment was not made", "failed", "failed"],
  ])(
    "card %s: %s, and a reload says the same",
    async (card, heading, first, later) => {
      await page.goto(`${shop.origin}/buy/lamp`);
      await page.getByRole("button").first().click();
      await goOnTo("Is everything right?", card);
      // Both can be chosen once more.
      await page.getByRole("button", { name: "Change" }).nth(1).click();
      await goOnTo("Is everything right?", card);
      await page.getByRole("link", { name: "Pay now" }).click();
      await goOnTo(heading);
      const [order] = shop.orders.all();
      expect(order?.state).toBe(first);
      await page.reload();
      await page.getByRole("heading", { name: heading }).waitFor();
      expect(order?.state).toBe(first);
      await started.sandbox.clock.advance("PT1M");
      await expect.poll(() => order?.state).toBe(later);
      // A declined checkout is a 402, which the browser's console tells of.
      if (first === "failed") expect(problems.splice(0).every((text) => text.includes("402"))).toBe(true);
      else expect(problems).toEqual([]);
    },
    180_000,
  );
});
