import type { Engine } from "../../engine/engine.ts";
import type { Route } from "../../module.ts";
import { textOf, type Answer, type Call } from "../../http/call.ts";
import { refusalPage } from "../pages/refusal-page.tsx";
import { forgetBuyer } from "../visit/remembered-buyer.ts";
import { pageWithButton } from "../visit/page-with-button.ts";
import { visitPath } from "../visit/show-step.tsx";
import { beginVisit, type Visit } from "../visit/visit.ts";
import { redirect } from "../visit/visit-routes.tsx";
import { begin } from "./begin.ts";
import { beginUpgrade } from "./upgrade.ts";
import { PageRefusal } from "../page-refusal.ts";
import { readStartForm, webAddress } from "./start-form.ts";

/** Where `checkout.js` sends the buyer's browser. */
export function startRoutes(engine: Engine): readonly Route[] {
  const open = (call: Call, work: (form: URLSearchParams, origin: string | undefined) => Visit): Answer => {
    const form = new URLSearchParams(textOf(call));
    const { origin } = call.headers;
    try {
      return redirect(visitPath(work(form, origin).visitId));
    } catch (error) {
      if (!(error instanceof PageRefusal)) throw error;
      const merchant = engine.state.merchants.get(form.get("merchantId") ?? "");
      return refusalPage(error, {
        merchant,
        language: form.get("checkoutLanguage"),
        returnUrl: pageWithButton({
          pageUrl: webAddress(form.get("pageUrl")),
          origin,
          embedded: false,
          addresses: [],
        }),
      });
    }
  };

  return [
    {
      method: "POST",
      path: "/checkout/start",
      handle: (call) => open(call, (form, origin) => begin(engine, readStartForm(form, origin))),
    },
    {
      method: "POST",
      path: "/checkout/upgrade",
      handle: (call) => open(call, (form, origin) => beginUpgrade(engine, form, origin)),
    },
    {
      method: "POST",
      path: "/checkout/change",
      handle: (call) => open(call, (form, origin) => beginChange(engine, form, origin)),
    },
    {
      method: "POST",
      path: "/checkout/sign-out",
      handle: (call) => ({
        status: 204,
        headers: {
          ...forgetBuyer(),
          "access-control-allow-origin": call.headers["origin"] ?? "*",
          "access-control-allow-credentials": "true",
        },
      }),
    },
  ];
}

/** A visit that changes one choice of an open session (`bindChangeAction`). */
function beginChange(engine: Engine, form: URLSearchParams, origin: string | undefined): Visit {
  const session = engine.state.checkoutSessions.get(form.get("checkoutSessionId") ?? "");
  if (session === undefined) {
    throw new PageRefusal("ResourceNotFound", "There is no checkout session of this id.", { status: 404 });
  }
  if (session.buyer === null) {
    throw new PageRefusal(
      "InvalidCheckoutSessionStatus",
      "Nobody has signed in to the session yet: nothing can be changed.",
      {
        status: 422,
        causes: ["The session was made by the server and never went through the button."],
      },
    );
  }
  const { buyerId, instrumentId, addressId, addressIds = addressId === null ? [] : [addressId] } = session.buyer;
  const action = form.get("changeAction");
  if (action === "changeAddress" && addressIds.length === 0) {
    throw new PageRefusal(
      "InvalidParameterValue",
      "The session has no delivery address to change: its product type is PayOnly.",
    );
  }
  if (action !== "changeAddress" && action !== "changePayment") {
    throw new PageRefusal("InvalidParameterValue", "changeAction must be changeAddress or changePayment.");
  }
  return beginVisit(engine, {
    purpose: action === "changeAddress" ? "change-address" : "change-payment",
    merchantId: session.merchantId,
    environment: session.environment,
    checkoutSessionId: session.checkoutSessionId,
    signIn: null,
    language: null,
    pageUrl: webAddress(form.get("pageUrl")),
    origin,
    embedded: false,
    buyerId,
    addressIds: action === "changeAddress" ? [] : addressIds,
    instrumentId: action === "changePayment" ? null : instrumentId,
  });
}
