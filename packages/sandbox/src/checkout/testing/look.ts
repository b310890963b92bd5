import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const VIEWS = [
  { name: "wide-light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "wide-dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { name: "phone-light", viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { name: "phone-dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

/** Where screenshots go: `SCREENSHOT_DIR`, or a temporary folder that goes with the test run. */
export function screenshotFolder(): string {
  return process.env["SCREENSHOT_DIR"] ?? mkdtempSync(join(tmpdir(), "apay-sandbox-pages-"));
}

/** Looks at a page in every view: a screenshot of each, nothing wider than the window, no serious finding of axe. */
export async function lookAt(page: Page, folder: string, name: string): Promise<void> {
  for (const view of VIEWS) {
    await page.setViewportSize(view.viewport);
    await page.emulateMedia({ colorScheme: view.colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${view.name}.png`), fullPage: true });
    const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    expect(overflow, `${name} ${view.name} is too wide`).toBeLessThanOrEqual(0);
    expect(await seriousFindings(page), `${name} ${view.name}`).toEqual([]);
  }
}

async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations
    .filter((finding) => finding.impact === "serious" || finding.impact === "critical")
    .map((finding) => `${finding.id}: ${finding.nodes.map((node) => node.html).join(" | ")}`);
}
