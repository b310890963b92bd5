/** The page that a form says it comes from, and what is known of it. */
export interface ClaimedPage {
  /** `pageUrl` of the form: an address in the web, which nobody has signed. */
  readonly pageUrl: string | null;
  /** The `Origin` header of the request; undefined where no browser sent it. */
  readonly origin: string | undefined;
  /** The page opened a window and is told by messages, which reach that page alone. */
  readonly embedded: boolean;
  /** Addresses of the shop that are known otherwise: they were signed, or stored by the shop's server. */
  readonly addresses: readonly unknown[];
}

/**
 * The page that a buyer who gives up is led back to.
 *
 * `pageUrl` is no part of what is signed, so the browser has to confirm it: its `Origin` is the page's. A page with
 * `Referrer-Policy: no-referrer` (as helmet sets it) sends `Origin: null`; then the page must stand where another address of
 * the shop does. Otherwise a link with somebody's payload would lead through the sandbox to any page.
 *
 * @returns null when nothing vouches for it: the buyer then stays on the hosted page
 */
export function pageWithButton({ pageUrl, origin, embedded, addresses }: ClaimedPage): string | null {
  if (pageUrl === null || origin === undefined) return pageUrl;
  const claimed = new URL(pageUrl).origin;
  if (origin !== "null") return origin === claimed ? pageUrl : null;
  return embedded || addresses.some((address) => originOf(address) === claimed) ? pageUrl : null;
}

const originOf = (address: unknown): string | null =>
  typeof address === "string" && URL.canParse(address) ? new URL(address).origin : null;
