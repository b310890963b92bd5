/**
 * A merchant's address with one more query parameter, behind those that it has and before its fragment.
 *
 * @example
 * withParameter("https://shop.example/review?lang=de#top", "amazonCheckoutSessionId", "7b1…")
 * // "https://shop.example/review?lang=de&amazonCheckoutSessionId=7b1…#top"
 */
export function withParameter(address: string, name: string, value: string): string {
  const hash = address.indexOf("#");
  const base = hash < 0 ? address : address.slice(0, hash);
  const fragment = hash < 0 ? "" : address.slice(hash);
  const joint = !base.includes("?") ? "?" : /[?&]$/.test(base) ? "" : "&";
  return `${base}${joint}${encodeURIComponent(name)}=${encodeURIComponent(value)}${fragment}`;
}

/** The address with `?amazonCheckoutSessionId=<id>` (docs/amazon-pay/checkout.md); null stays null. */
export function withSession(address: string | null | undefined, checkoutSessionId: string): string | null {
  return address === null || address === undefined
    ? null
    : withParameter(address, "amazonCheckoutSessionId", checkoutSessionId);
}
