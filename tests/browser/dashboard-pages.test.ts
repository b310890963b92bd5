import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listingsOf, textsOf, untranslated } from "../../packages/dashboard/src/testing/page-html.ts";
import { parse } from "csv-parse/sync";
import { runProgram } from "../../packages/cli/src/program.ts";
import { browserTestsRun, launchChromium } from "../../packages/sandbox/src/checkout/testing/chromium.ts";
import { checkAppearance } from "../../packages/sandbox/src/checkout/testing/page-fixture.ts";
import { testTerminal, type TestTerminal } from "../../packages/cli/src/terminal/testing/test-terminal.ts";

const PAGES = [
  ["overview", "/?account=us"],
  ["settlements", "/settlements"],
  ["exceptions", "/exceptions"],
  ["transactions", "/transactions?type=refund"],
  ["fees", "/fees?account=us"],
  ["ageing", "/ageing"],
  ["bank", "/bank"],
  ["import", "/bank/import"],
  ["match", "/bank/match?account=us"],
  ["claims", "/claims"],
  ["reports", "/reports"],
  ["accounts", "/accounts"],
] as const;

describe.runIf(browserTestsRun())("every page of the dashboard, in a Chromium", () => {
  const folder = mkdtempSync(join(tmpdir(), "apay-dashboard-pages-"));
  let terminal: TestTerminal;
  let running: Promise<number>;
  let url: string;
  let browser: Browser;
  let page: Page;
  const outside: string[] = [];
  const problems: string[] = [];

  beforeAll(async () => {
    terminal = testTerminal(folder);
    const ports = ["--port", "0", "--sandbox-port", "0", "--sandbox-https-port", "0"];
    running = runProgram(["demo", "--orders", "400", ...ports], terminal, systemClock, systemRandom);
    while (!terminal.written.err.includes("Ctrl-C ends both")) {
      await Promise.race([
        new Promise((resolve) => setTimeout(resolve, 100)),
        running.then((status) => {
          throw new Error(`the demo ended with ${status}: ${terminal.written.err}`);
        }),
      ]);
    }
    url = /dashboard {2}(\S+)/.exec(terminal.written.err)?.[1] ?? "";
    browser = await launchChromium();
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(120_000);
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(url)) outside.push(request.url());
    });
  });
  afterAll(async () => {
    await browser?.close();
    terminal.stop();
    expect(await running).toBe(0);
    rmSync(folder, { recursive: true, force: true });
  });

  test("the demo prints balanced settlements", () => {
    expect(terminal.written.out).toMatch(/\d+ settlements, \d+ balanced to the cent, 4 differences to explain/);
  });

  test.each(PAGES)("%s", async (name, path) => {
    await page.goto(`${url}${path}`);
    await checkAppearance(page, `dashboard-${name}`);
    expect([outside, problems]).toEqual([[], []]);
  });

  test("a settlement, its rows, and a line of its file, by keyboard alone", async () => {
    await page.goto(`${url}/settlements?currency=USD`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    await page.locator('td a[href^="/settlements/"]').first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/settlements\/\d+/);
    await checkAppearance(page, "dashboard-settlement");
    await page.locator('td a[href^="/files/"]').first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/files\/\d+/);
    await checkAppearance(page, "dashboard-file");
    expect(problems).toEqual([]);
  });

  test("German and Japanese numbers and dates", async () => {
    for (const [language, figure] of [
      ["de", /\d{1,3}\.\d{3},\d{2}/],
      ["ja", /\d{4}年\d{1,2}月\d{1,2}日|\d{4}\/\d{2}\/\d{2}/],
    ] as const) {
      await page.goto(`${url}/settlements?lang=${language}`);
      expect(await page.locator("main").textContent()).toMatch(figure);
    }
    await page.goto(`${url}/settlements?lang=en`);
  });

  /** The pages of the walk, and one of each kind that they lead to. */
  const everyPage = async (): Promise<readonly string[]> => {
    const linkOn = async (path: string, link: RegExp): Promise<string> => {
      const found = link.exec(await (await page.request.get(`${url}${path}`)).text())?.[1];
      if (found === undefined) throw new Error(`no ${String(link)} on ${path}`);
      return found.replaceAll("&amp;", "&");
    };
    const settlement = await linkOn("/settlements?currency=USD", /<td[^>]*><a href="(\/settlements\/[^"]+)"/);
    const file = await linkOn(settlement, /href="(\/files\/\d+\?[^"]*line=[^"]+)"/);
    return [...PAGES.map(([, path]) => path), settlement, `${settlement}&type=capture`, file, "/bank", "/fees"];
  };

  test("every table has a file with the same rows", async () => {
    let tables = 0;
    for (const path of await everyPage()) {
      for (const listing of listingsOf(await (await page.request.get(`${url}${path}`)).text())) {
        const where = `${listing.caption} on ${path}`;
        expect(listing.file, where).toBeDefined();
        const answer = await page.request.get(`${url}${listing.file ?? ""}`);
        expect([answer.status(), answer.headers()["content-type"]], where).toEqual([200, "text/csv; charset=utf-8"]);
        const text = await answer.text();
        const [head, ...rows] = parse(text, { bom: true }) as string[][];
        expect(head?.length, where).toBeGreaterThan(1);
        // The overview shows the newest few of its list; all other tables are whole, or say that there is more.
        if (listing.more) expect(rows.length, where).toBeGreaterThan(listing.rows);
        else if (path === PAGES[0][1]) expect(rows.length, where).toBeGreaterThanOrEqual(listing.rows);
        else expect(rows.length, where).toBe(listing.rows);
        for (const id of listing.first) expect(text, where).toContain(id);
        tables += 1;
      }
    }
    expect(tables).toBeGreaterThan(12);
    const coverage = await (await page.request.get(`${url}/coverage.csv?account=us`)).text();
    expect((parse(coverage, { bom: true }) as string[][]).length - 1).toBe(5 * 60);
  });

  test("no English on the German and Japanese pages", async () => {
    const names =
      /\b(?:us|eu|jp|USD|EUR|GBP|JPY|v2|SHA|Amazon Pay Kit|Amazon Pay|Amazon|apay[ a-z]*|UTC|CSV|(?:NA|EU|JP)-\d+|bank-\w+\.csv(?::\d+)?|A[0-9A-Z]{12,})\b/g;
    for (const path of await everyPage()) {
      const inLanguage = async (language: string): Promise<string> =>
        (await page.request.get(`${url}${path}${path.includes("?") ? "&" : "?"}lang=${language}`)).text();
      const english = await inLanguage("en");
      expect(textsOf(english).length, path).toBeGreaterThan(20);
      expect(untranslated(english, await inLanguage("ja"), names), `${path} in Japanese`).toEqual([]);
      // Few words are spelt the same in German.
      const same = untranslated(english, await inLanguage("de"), names);
      expect(
        same.filter((word) => !/^(?:Bank:?|Code|Region|Text|Sandbox|sandbox|Japan)$/.test(word)),
        `${path} in German`,
      ).toEqual([]);
    }
    await page.goto(`${url}/?lang=en`);
  });

  test("every link of every page leads somewhere", async () => {
    const seen = new Set<string>();
    const bad: string[] = [];
    for (const path of await everyPage()) {
      await page.goto(`${url}${path}`);
      const links = await page
        .locator("a[href]")
        .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
      // A few of each kind: a table has many of the same.
      const kinds = new Map<string, number>();
      for (const link of links) {
        const kind = link.replaceAll(/[\w-]*\d[\w-]*/g, "N");
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        if (!link.startsWith("/") || seen.has(link) || (kinds.get(kind) ?? 0) > 3) continue;
        seen.add(link);
        const answer = await page.request.get(`${url}${link}`);
        if (answer.status() !== 200) bad.push(`${answer.status()} ${link} on ${path}`);
      }
    }
    expect(bad).toEqual([]);
    expect(seen.size).toBeGreaterThan(30);
  });
});
