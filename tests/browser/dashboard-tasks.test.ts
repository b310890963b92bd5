/** The five things that people come to the dashboard for, walked through as they do it: at the width of a desktop and of a phone. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningDashboard, startDashboard } from "@amazon-pay-kit/dashboard";
import { addRecords, type Ledger, reconcile } from "@amazon-pay-kit/ledger";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { workingBooks } from "../../packages/cli/src/dashboard/working-books.ts";
import { contextOf } from "../../packages/cli/src/program/context.ts";
import { testTerminal } from "../../packages/cli/src/terminal/testing/test-terminal.ts";
import {
  booksFixture,
  capture,
  load,
  settlementFile,
  transfer,
  type WrittenRow,
} from "../../packages/ledger/src/reconcile/testing/books-fixture.ts";
import { browserTestsRun, launchChromium } from "../../packages/sandbox/src/checkout/testing/chromium.ts";

const NOW = Date.UTC(2026, 2, 1);
const SMALL = 30;
const chargeId = (number: number): string => `P01-1111111-${1_000_000 + number}-C100001`;

/** Thirty small sales that no own record knows, and one large: the payout of 48,211.07. */
const small = Array.from({ length: SMALL }, (_, index) =>
  capture("2026-01-02T10:00:00", chargeId(index), "100.00", "-2.90"),
);
const SETTLEMENTS: readonly (readonly [id: string, from: string, to: string, rows: readonly WrittenRow[]])[] = [
  [
    "5000000001",
    "2026-01-01",
    "2026-01-08",
    [
      ...small,
      capture("2026-01-03T10:00:00", chargeId(500), "46660.53", "-1353.16"),
      transfer("2026-01-07T10:00:00", "48211.07"),
    ],
  ],
  [
    "5000000002",
    "2026-01-08",
    "2026-01-15",
    [capture("2026-01-09T10:00:00", chargeId(501), "700.00", "-20.30"), transfer("2026-01-14T10:00:00", "679.40")],
  ],
  [
    "5000000003",
    "2026-01-15",
    "2026-02-01",
    [capture("2026-01-16T10:00:00", chargeId(502), "632.90", "-18.35"), transfer("2026-01-30T10:00:00", "614.25")],
  ],
];

/** The bank has booked two payouts as one, in words that do not name Amazon. */
const STATEMENT = `Date;Description;Amount
02.01.2026;RENT;-1.200,00
09.01.2026;AMAZON PAYMENTS 5000000001;48.211,07
03.02.2026;WIRE 8841;1.293,65
27.02.2026;RENT;-1.200,00
`;

describe.runIf(browserTestsRun()).each([
  ["desktop", { width: 1440, height: 900 }],
  ["phone", { width: 390, height: 844 }],
] as const)("the work of a month on a %s", { timeout: 180_000 }, (name, viewport) => {
  const folder = mkdtempSync(join(tmpdir(), "apay-dashboard-tasks-"));
  let ledger: Ledger;
  let dashboard: RunningDashboard;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    ledger = await booksFixture();
    for (const [id, from, to, rows] of SETTLEMENTS)
      await load(ledger, settlementFile(id, `${from}T00:00:00`, `${to}T00:00:00`, rows));
    const records = [500, 501, 502].map((number) => ({
      kind: "charge" as const,
      transactionId: chargeId(number),
      amount: { 500: "46660.53", 501: "700.00", 502: "632.90" }[number] ?? "",
      currency: "USD",
      occurredAt: "2026-01-02T10:00:00Z",
      status: "captured",
    }));
    await addRecords({ ...ledger, accountId: "shop" }, records);
    await reconcile(ledger);
    const { store } = ledger;
    const books = { ...ledger, who: "mara" };
    const context = contextOf(testTerminal(folder), manualClock(NOW), systemRandom, {});
    dashboard = await startDashboard({
      views: { store },
      books: workingBooks(context, { ledger, store, books, reconcile: () => reconcile(ledger) }),
      port: 0,
      allowChanges: true,
      inventedBooks: true,
      secret: "s",
      now: () => NOW,
    });
    browser = await launchChromium();
    page = await (await browser.newContext({ viewport })).newPage();
    page.setDefaultTimeout(120_000);
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.close();
    await ledger?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Nothing is wider than the window, and with `SCREENSHOT_DIR` there is a picture. */
  const looked = async (step: string): Promise<void> => {
    const shots = process.env["SCREENSHOT_DIR"];
    if (shots !== undefined) await page.screenshot({ path: join(shots, `task-${step}-${name}.png`), fullPage: true });
    expect(await page.evaluate("document.documentElement.scrollWidth - window.innerWidth"), step).toBeLessThanOrEqual(
      0,
    );
    expect(problems, step).toEqual([]);
  };
  const main = (): Promise<string> => page.locator("main").innerText();

  test("imports a statement that was read with the wrong separator", async () => {
    await page.goto(`${dashboard.url}/bank`);
    await page.getByRole("link", { name: "Import a statement" }).first().click();
    // Choosing a file is enough: the preview follows.
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "umsatz.csv", mimeType: "text/csv", buffer: Buffer.from(STATEMENT) });
    await page.getByRole("heading", { name: "What only you know" }).waitFor();
    await page.locator(".question").getByLabel("In which currency").fill("USD");
    await page.locator(".question").getByRole("button").click();
    await page.getByRole("heading", { name: "What would be imported" }).waitFor();
    await page.getByText("Read it in another way").click();
    await page.locator("details select[name=separator]").selectOption(",");
    await page.locator("details").getByRole("button", { name: "Read it again" }).click();
    await page.locator(".question").getByLabel("Which sign stands between the cells?").selectOption(";");
    await looked("import-question");
    await page.locator(".question").getByRole("button").click();
    await page.getByRole("heading", { name: "What would be imported" }).waitFor();
    const shown = await main();
    for (const part of ["49,504.72", "WIRE 8841", "2 Jan 2026 – 27 Feb 2026"]) expect(shown).toContain(part);
    await looked("import-preview");
    await page.getByRole("button", { name: "Import 4 lines" }).click();
    await page.getByText("4 lines were imported").waitFor();
    await looked("imported");
  });

  test("finds why 48,211.07 arrived", async () => {
    await page.goto(`${dashboard.url}/`);
    await page.keyboard.press("/");
    await page.keyboard.type("48.211,07");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: /48\.211,07/ }).waitFor();
    const chain = await main();
    for (const part of ["AMAZON PAYMENTS 5000000001", "umsatz.csv, line 3", "5000000001"])
      expect(chain).toContain(part);
    await looked("why-it-arrived");
  });

  test("matches a merged deposit, and could undo it", async () => {
    await page.goto(`${dashboard.url}/bank/match`);
    const suggestion = page.locator("#suggestions li").first();
    expect(await suggestion.innerText()).toMatch(/WIRE 8841[\s\S]*5000000002[\s\S]*5000000003[\s\S]*several payouts/);
    await looked("match");
    await suggestion.getByRole("button", { name: "Match" }).click();
    await page.getByText("Matched.").waitFor();
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await page.getByText("The match is undone").waitFor();
    // And once more by picking both sides.
    await page.locator("#deposits input[type=checkbox]").check();
    for (const box of await page.locator("#payouts input[type=checkbox]").all()) await box.check();
    await page.getByRole("button", { name: "Match what is picked" }).click();
    await page.getByText("Every deposit of your statements belongs to a payout.").waitFor();
    await looked("matched");
  });

  test("explains thirty exceptions with one reason, and gives them to somebody first", async () => {
    await page.goto(`${dashboard.url}/exceptions?status=to-do&code=capture.unknown`);
    const boxes = page.locator("td.pick input[type=checkbox]");
    expect(await boxes.count()).toBe(SMALL);
    await page.getByLabel("Select all rows of this page").check();
    await page.getByRole("textbox", { name: "Owner" }).fill("mara");
    await page.getByRole("button", { name: "Assign" }).click();
    await page.getByText("30 exceptions are assigned.").waitFor();
    await page.getByLabel("Select all rows of this page").check();
    await page.locator("form.bulk select[name=reason]").selectOption("other");
    await page.locator("form.bulk input[name=note]").fill("sales of the market stall, booked by hand");
    await looked("explain-thirty");
    await page.getByRole("button", { name: "Explain the selected" }).click();
    await page.getByText("30 exceptions are explained.").waitFor();
    await page.goto(`${dashboard.url}/exceptions?status=explained&owner=mara`);
    expect(await main()).toContain("Sum of 30 rows");
    await looked("explained");
  });

  test("closes January, and downloads the pack", async () => {
    await page.goto(`${dashboard.url}/close`);
    await page.getByRole("link", { name: "Jan 2026" }).click();
    await page.getByRole("button", { name: "Close Jan 2026" }).waitFor();
    await looked("close-checklist");
    await page.getByRole("button", { name: "Close Jan 2026" }).click();
    await page.getByText("The month is closed.").waitFor();
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name: "Pack: workbook" }).click();
    expect((await waiting).suggestedFilename()).toBe("amazon-pay-2026-01.xlsx");
    await looked("closed");
  });
});
