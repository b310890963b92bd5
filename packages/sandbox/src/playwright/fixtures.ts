import type { Page } from "playwright-core";
import { payWithAmazon, type BuyerChoices } from "./pay-with-amazon.ts";

/** What `amazonPayFixtures` adds to a test. */
export interface AmazonPayFixtures {
  /** `payWithAmazon` on the test's own page. */
  readonly payWithAmazon: (choices?: BuyerChoices) => Promise<string>;
}

/**
 * Fixtures for `@playwright/test`.
 *
 * @example
 * const test = base.extend(amazonPayFixtures);
 * test("declined", async ({ page, payWithAmazon }) => {
 *   await page.goto("/cart");
 *   await payWithAmazon({ card: "3434" });
 * });
 */
export const amazonPayFixtures = {
  payWithAmazon: async (
    { page }: { page: Page },
    use: (value: AmazonPayFixtures["payWithAmazon"]) => Promise<void>,
  ): Promise<void> => {
    await use((choices) => payWithAmazon(page, choices));
  },
};
