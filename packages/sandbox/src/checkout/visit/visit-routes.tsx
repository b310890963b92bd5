/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { serviceErrorOf } from "../../api/service-error.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Route } from "../../module.ts";
import { textOf, type Answer, type Call } from "../../http/call.ts";
import { BuyerError } from "../buyer/buyer-error.ts";
import { page } from "../pages/document.tsx";
import { DonePage } from "../pages/done-page.tsx";
import { refusalPage } from "../pages/refusal-page.tsx";
import { PageRefusal } from "../page-refusal.ts";
import { textsFor } from "../locales/page-texts.ts";
import { ClosingPage, ORDER_SCRIPT } from "../pages/order-page.tsx";
import { cancelVisit, finishVisit, takeChoices } from "./finish.ts";
import { acceptsForm } from "./form-guard.ts";
import { rememberBuyer } from "./remembered-buyer.ts";
import { closingEvent } from "./window-events.ts";
import { showStep, visitPath } from "./show-step.tsx";
import { nextStep, stepsOf, type Step } from "./steps.ts";
import { TAKE_STEP, type StepContext } from "./take-step.ts";
import { findVisit, keepVisit, visitedMerchant } from "./visit.ts";

/** The pages on which a buyer signs in and chooses. */
export function visitRoutes(engine: Engine): readonly Route[] {
  /** Opens the visit, and turns refusals into error pages. */
  const within = (visitId: string | undefined, work: (context: StepContext) => Answer): Answer => {
    const visit = findVisit(engine, visitId ?? "");
    if (visit === undefined) {
      return refusalPage(
        new PageRefusal("ResourceNotFound", "This checkout is over, or never began.", {
          status: 404,
          causes: [
            "The address is more than two days old, or the sandbox was reset. Go back to the shop and begin again.",
          ],
        }),
      );
    }
    const merchant = visitedMerchant(engine, visit);
    const session =
      visit.checkoutSessionId === null ? null : (engine.state.checkoutSessions.get(visit.checkoutSessionId) ?? null);
    const context = { engine, merchant, visit, session };
    if (visit.ledTo !== undefined) return onward(context, visit.ledTo);
    try {
      if (session !== null && session.status.state !== "Open")
        throw over(session.status.state, session.status.reasonCode);
      return work(context);
    } catch (error) {
      const { language, pageUrl } = visit;
      return refusalPage(asRefusal(error), { merchant, language, returnUrl: pageUrl });
    }
  };

  const onward = (context: StepContext, address: string | null): Answer => {
    if (address !== null) return redirect(address);
    const event = closingEvent(context);
    if (event !== null) {
      const { visit, merchant } = context;
      const texts = textsFor(visit.language, merchant.region);
      const content = <ClosingPage texts={texts} store={merchant.storeName} event={event} />;
      return page(content, { script: ORDER_SCRIPT });
    }
    const texts = textsFor(context.visit.language, context.merchant.region);
    return page(<DonePage texts={texts} store={context.merchant.storeName} />);
  };

  const proceed = (context: StepContext, headers: Readonly<Record<string, string>> = {}): Answer => {
    const step = nextStep(context.visit, context.session);
    if (step === undefined) return onward(context, finishVisit(context));
    return redirect(`${visitPath(context.visit.visitId)}/${step}`, headers);
  };

  const guarded = (call: Call, context: StepContext, work: (form: URLSearchParams) => Answer): Answer => {
    const form = new URLSearchParams(textOf(call));
    if (!acceptsForm(call, context.visit.visitId, form.get("mark"))) {
      throw new PageRefusal("InvalidRequest", "The form did not come from this browser's own page.", {
        status: 403,
        causes: [
          "Cookies are off for the sandbox's address, or the page was opened in another browser. Open it again.",
        ],
      });
    }
    return work(form);
  };

  return [
    {
      method: "GET",
      path: "/checkout/visits/:visit",
      handle: (_, { visit }) => within(visit, (context) => proceed(context)),
    },
    {
      method: "GET",
      path: "/checkout/visits/:visit/:step",
      handle: (call, params) =>
        within(params["visit"], (context) => {
          const step = reachable(context, params["step"]);
          return step === undefined ? proceed(context) : showStep(context, call, step);
        }),
    },
    {
      method: "POST",
      path: "/checkout/visits/:visit/cancel",
      handle: (call, { visit }) =>
        within(visit, (context) => guarded(call, context, () => onward(context, cancelVisit(context)))),
    },
    {
      method: "POST",
      path: "/checkout/visits/:visit/:step",
      handle: (call, params) =>
        within(params["visit"], (context) =>
          guarded(call, context, (form) => {
            const step = reachable(context, params["step"]);
            if (step === undefined) return proceed(context);
            const outcome = TAKE_STEP[step](context, form);
            if ("alert" in outcome) return showStep(context, call, step, outcome.alert);
            Object.assign(context.visit, outcome);
            keepVisit(engine, context.visit);
            const { buyerId } = context.visit;
            // The shop's page is asked next, and may read the session.
            if (context.session !== null && nextStep(context.visit, context.session) === "order")
              takeChoices(context, context.session);
            return proceed(context, step === "sign-in" && buyerId !== null ? rememberBuyer(buyerId) : {});
          }),
        ),
    },
  ];
}

/** A step of the visit whose earlier steps are done; undefined for any other. */
function reachable({ visit, session }: StepContext, name: string | undefined): Step | undefined {
  const steps = stepsOf(visit, session);
  const wanted = steps.findIndex((step) => step === name);
  const next = nextStep(visit, session);
  return wanted < 0 || (next !== undefined && wanted > steps.indexOf(next)) ? undefined : steps[wanted];
}

/** An answer that sends the browser on with GET. */
export function redirect(address: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 303, headers: { location: address, "cache-control": "no-store", ...headers } };
}

function over(state: string, reasonCode: string | null): PageRefusal {
  const reason = reasonCode === null ? state : `${state} (${reasonCode})`;
  return new PageRefusal(
    "InvalidCheckoutSessionStatus",
    `The checkout session is ${reason}; only an open one goes on.`,
    {
      status: 422,
      causes:
        reasonCode === "Expired" ? ["A checkout session lives for 24 hours. The buyer begins again at the shop."] : [],
    },
  );
}

/** The error page of a refused step. @throws what is not a refusal */
export function asRefusal(error: unknown): PageRefusal {
  if (error instanceof PageRefusal) return error;
  if (error instanceof BuyerError) return new PageRefusal("InvalidRequest", error.message, { status: 422 });
  const refusal = serviceErrorOf(error);
  if (refusal === undefined) throw error;
  return new PageRefusal(refusal.reasonCode, refusal.message, { status: refusal.status });
}
