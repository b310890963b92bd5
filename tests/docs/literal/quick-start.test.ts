import { afterAll, beforeAll, expect, it } from "vitest";
import { payWithAmazon } from "@amazon-pay-kit/sandbox/playwright";
import { browserTestsRun, launchChromium } from "../../../packages/sandbox/src/checkout/testing/chromium.ts";
import { blocksOf, type Block } from "../pages.ts";
import { mustBeBuilt, openReader, type Reader } from "./reader.ts";
import { openRegistry, type Registry } from "./registry.ts";

const PAGE = "docs/quick-start.md";

let registry: Registry;
let reader: Reader;

beforeAll(async () => {
  mustBeBuilt();
  registry = await openRegistry();
  reader = await openReader(registry);
});

afterAll(async () => {
  reader.close();
  await registry.close();
});

it("a reader with an empty folder has a paid order", async () => {
  const blocks = blocksOf(PAGE);
  expect(blocks.map(({ language }) => language)).toEqual(["sh", "sh", "js", "sh", "js", "sh"]);
  const [install, sandbox, shop, start, ...tests] = blocks as [Block, Block, Block, Block, ...Block[]];
  for (const block of [install, sandbox, shop, start]) await reader.follow(block);

  if (browserTestsRun()) {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const buy = async (card: string): Promise<string | null> => {
        await page.goto(`http://localhost:${reader.port}`);
        await payWithAmazon(page, { card, review: () => page.getByRole("link", { name: "Pay 14.90 USD" }).click() });
        return page.locator("h1").textContent();
      };
      expect(await buy("1111")).toBe("Paid. Thank you!");
      await expect.poll(() => reader.printed("node shop.mjs")).toMatch(/^order-1: captured$/m);
      await expect.poll(() => reader.printed("node shop.mjs")).toMatch(/^notified: \S+ Captured$/m);
      expect(await buy("3434")).toBe("Not paid: Declined");
    } finally {
      await browser.close();
    }
  }
  for (const block of tests) await reader.follow(block);
}, 900_000);
