import type { ButtonOptions, PayProblem } from "@amazon-pay-kit/browser";

/** What the shop's server tells its pages; the test serves it. */
export type ShopData = Omit<ButtonOptions, "nonce">;

/** Nonce of the page's policy, as a server would hand it to its scripts. */
export function pageNonce(): string {
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}

/** The button's options from the shop's server; the address of the page may change some. */
export async function shopData(): Promise<ShopData> {
  const answer = await fetch("/api/button");
  const data = (await answer.json()) as ShopData;
  return { ...data, ...Object.fromEntries(new URLSearchParams(location.search)) };
}

/** The id that came with the buyer to the review page. */
export function sessionId(): string {
  return new URLSearchParams(location.search).get("amazonCheckoutSessionId") ?? "";
}

/** Writes a problem where the test finds it. */
export function report(problem: PayProblem): void {
  const list = document.querySelector("#problems");
  const item = document.createElement("li");
  item.textContent = `${problem.code} ${problem.problems.map(({ option }) => option).join(",")}`;
  list?.append(item);
}

/** Counts how often a button was handed to the script. */
export function countReady(): void {
  const root = document.documentElement;
  root.dataset["ready"] = String(Number(root.dataset["ready"] ?? "0") + 1);
}
