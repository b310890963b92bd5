/**
 * For browser tests with Playwright, of a shop in any language: plays the buyer on the sandbox's hosted pages.
 *
 * @example
 * await page.goto("http://localhost:3000/cart");
 * await payWithAmazon(page, { card: "3434", review: () => page.getByRole("button", { name: "Place order" }).click() });
 * await expect(page.getByText("was declined")).toBeVisible();
 */
export { payWithAmazon, type BuyerChoices } from "./pay-with-amazon.ts";
export { amazonPayFixtures, type AmazonPayFixtures } from "./fixtures.ts";
export { BrowserBuyerError, type BrowserBuyerErrorCode } from "./browser-buyer-error.ts";
