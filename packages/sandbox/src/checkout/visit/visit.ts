import { HOUR } from "@amazon-pay-kit/money";
import type { Engine } from "../../engine/engine.ts";
import type { Merchant } from "../../engine/objects/index.ts";
import { pageWithButton } from "./page-with-button.ts";

/** Why a buyer is on the hosted pages. */
export type VisitPurpose = "checkout" | "sign-in" | "change-address" | "change-payment" | "upgrade";

/** What a sign-in button asked for. */
export interface SignInRequest {
  readonly returnUrl: string;
  readonly cancelUrl: string | null;
  readonly scopes: readonly string[];
}

/** A buyer's way through the hosted pages, from the button to the merchant's next page. */
export interface Visit {
  readonly visitId: string;
  readonly purpose: VisitPurpose;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  /** Null only for `sign-in`. */
  readonly checkoutSessionId: string | null;
  readonly signIn: SignInRequest | null;
  /** `checkoutLanguage` of the button. */
  readonly language: string | null;
  /** The merchant's page with the button: where a cancelled visit ends when there is no cancel address. */
  readonly pageUrl: string | null;
  /** Runs in a window that the merchant's page opened, and tells it what happens. */
  readonly embedded: boolean;
  /** What has been chosen so far. */
  buyerId: string | null;
  addressIds: readonly string[];
  instrumentId: string | null;
  consented: boolean;
  /** Whether the order was placed, in a window of the shop's. */
  ordered?: boolean;
  /** Addresses that the shop's page was told of: others are a change. */
  toldAddressIds?: readonly string[];
  /** Where it led when it was over, null for nowhere; undefined while it goes on. */
  ledTo?: string | null;
}

/** How long a visit is known: a day longer than its session, so that a late buyer is told why it is over and led back. */
const VISIT_MILLIS = 48 * HOUR;
const COLLECTION = "checkout.visits";
const EXPIRY = "checkout.expireVisit";

/** Lets old visits go; once per engine, before the first visit. */
export function installVisits(engine: Engine): void {
  engine.handle(EXPIRY, (item) => {
    engine.state.extra<Visit>(COLLECTION).delete(item.subject);
  });
}

/** Begins a visit from a form that a browser sent with this `Origin`. */
export function beginVisit(
  engine: Engine,
  {
    origin,
    ...visit
  }: Omit<Visit, "visitId" | "buyerId" | "addressIds" | "instrumentId" | "consented"> &
    Partial<Visit> & { readonly origin: string | undefined },
): Visit {
  const session = engine.state.checkoutSessions.get(visit.checkoutSessionId ?? "");
  const addresses = [
    ...Object.values(session?.details.webCheckoutDetails ?? {}),
    visit.signIn?.returnUrl,
    visit.signIn?.cancelUrl,
  ];
  const begun: Visit = {
    buyerId: null,
    addressIds: [],
    instrumentId: null,
    consented: false,
    ...visit,
    pageUrl: pageWithButton({ ...visit, origin, addresses }),
    visitId: engine.uuid(),
  };
  engine.schedule(engine.now() + VISIT_MILLIS, EXPIRY, begun.visitId);
  return keepVisit(engine, begun);
}

/** A visit by id; undefined when there is none, or none any more. */
export function findVisit(engine: Engine, visitId: string): Visit | undefined {
  return engine.state.extra<Visit>(COLLECTION).get(visitId);
}

/** Stores what was chosen. */
export function keepVisit(engine: Engine, visit: Visit): Visit {
  return engine.state.extra<Visit>(COLLECTION).put(visit.visitId, visit);
}

/**
 * Ends a visit: from now on its pages only lead where it led. A button that is clicked twice, the back button and a page
 * in another tab come here.
 */
export function endVisit(engine: Engine, visit: Visit, ledTo: string | null): string | null {
  keepVisit(engine, { ...visit, ledTo });
  return ledTo;
}

/** The merchant that a visit belongs to. */
export function visitedMerchant(engine: Engine, visit: Visit): Merchant {
  const merchant = engine.state.merchants.get(visit.merchantId);
  if (merchant === undefined) throw new TypeError(`visit ${visit.visitId} has no merchant`);
  return merchant;
}
