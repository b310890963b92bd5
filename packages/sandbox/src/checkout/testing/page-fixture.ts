import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const VIEWS = [
  { name: "wide-light", viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  { name: "wide-dark", viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  { name: "phone-light", viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { name: "phone-dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

async function seriousFindings(page: Page): Promise<string[]> {
  if (await page.evaluate("globalThis.axe === undefined")) await page.evaluate(axe.source);
  // What is in order is counted, not described element by element: most of the time went there.
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ["violations"] }),
  );
  return violations
    .filter((finding) => finding.impact === "serious" || finding.impact === "critical")
    .map((finding) => `${finding.id}: ${finding.nodes.map((node) => node.html).join(" | ")}`);
}

/**
 * Looks at a page wide and narrow, light and dark: nothing wider than the window, no serious finding of axe, and with
 * `SCREENSHOT_DIR` a picture of each.
 */
export async function checkAppearance(page: Page, name: string): Promise<void> {
  const folder = process.env["SCREENSHOT_DIR"];
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  for (const view of VIEWS) {
    await page.setViewportSize(view.viewport);
    await page.emulateMedia({ colorScheme: view.colorScheme });
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}-${view.name}.png`), fullPage: true });
    const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    expect(overflow, `${name} ${view.name} is too wide`).toBeLessThanOrEqual(0);
    expect(await seriousFindings(page), `${name} ${view.name}`).toEqual([]);
  }
  await page.setViewportSize(VIEWS[0].viewport);
}
