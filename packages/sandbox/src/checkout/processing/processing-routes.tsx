/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { CheckoutSession } from "../../engine/objects/index.ts";
import type { SandboxContext, Route } from "../../module.ts";
import { textOf, type Answer, type Call } from "../../http/call.ts";
import { approve, cancel, decline, fail, merchantOf, type Onward } from "../buyer/buyer.ts";
import { page } from "../pages/document.tsx";
import { CodePage, ProcessingPage } from "../pages/processing-page.tsx";
import { refusalPage } from "../pages/refusal-page.tsx";
import { PageRefusal } from "../page-refusal.ts";
import { acceptsForm, formMark, guardCookie } from "../visit/form-guard.ts";
import { asRefusal, redirect } from "../visit/visit-routes.tsx";
import { textsFor } from "../locales/page-texts.ts";
import { requireReady } from "./require-ready.ts";
import { processingFacts } from "./summary.ts";

/** The code that every test buyer's bank sends, and how often it may be typed wrongly. */
const CODE = "123456";
const ATTEMPTS = 3;

/** The page at `amazonPayRedirectUrl`: the buyer confirms, or the payment ends otherwise. */
export function processingRoutes({ engine, settings }: SandboxContext): readonly Route[] {
  const within = (sessionId: string | null, work: (session: CheckoutSession) => Answer): Answer => {
    const session = engine.state.checkoutSessions.get(sessionId ?? "");
    if (session === undefined) {
      return refusalPage(
        new PageRefusal("ResourceNotFound", "There is no checkout session of this id.", { status: 404 }),
      );
    }
    const merchant = merchantOf(engine, session);
    try {
      requireReady(session);
      return work(session);
    } catch (error) {
      const { checkoutResultReturnUrl } = session.details.webCheckoutDetails;
      return refusalPage(asRefusal(error), { merchant, returnUrl: checkoutResultReturnUrl ?? null });
    }
  };

  const show = (session: CheckoutSession, call: Call): Answer => {
    const merchant = merchantOf(engine, session);
    const texts = textsFor(null, merchant.region);
    const cookie = guardCookie(call);
    return page(
      <ProcessingPage
        texts={texts}
        store={merchant.storeName}
        sessionId={session.checkoutSessionId}
        mark={formMark(cookie.value, session.checkoutSessionId)}
        {...processingFacts(engine, session, merchant, texts)}
      />,
      { headers: cookie.header },
    );
  };

  const askForCode = (session: CheckoutSession, call: Call, attemptsLeft: number): Answer => {
    const merchant = merchantOf(engine, session);
    const texts = textsFor(null, merchant.region);
    const cookie = guardCookie(call);
    const failed = attemptsLeft < ATTEMPTS;
    return page(
      <CodePage
        texts={texts}
        store={merchant.storeName}
        sessionId={session.checkoutSessionId}
        mark={formMark(cookie.value, session.checkoutSessionId)}
        attemptsLeft={attemptsLeft}
        alert={failed ? texts.fill("codeWrong", { count: attemptsLeft }) : undefined}
      />,
      { status: failed ? 422 : 200, headers: cookie.header },
    );
  };

  const leave = ({ redirectUrl }: Onward): Answer => {
    if (redirectUrl === null)
      throw new PageRefusal("MissingParameterValue", "The session has no checkoutResultReturnUrl.");
    return redirect(redirectUrl);
  };

  const failVerification = (session: CheckoutSession): Answer =>
    leave(decline(engine, session, "The buyer did not pass the verification (MFA)."));

  const outcomes: Readonly<Record<string, (session: CheckoutSession, call: Call, form: URLSearchParams) => Answer>> = {
    approve: (session) => leave(approve(engine, session)),
    decline: (session) => leave(decline(engine, session)),
    cancel: (session) => leave(cancel(engine, session)),
    fail: (session) => leave(fail(engine, session)),
    verify: (session, call) => askForCode(session, call, ATTEMPTS),
    "give-up": failVerification,
    code: (session, call, form) => {
      if (form.get("code")?.trim() === CODE) return leave(approve(engine, session));
      const left = Math.min(ATTEMPTS, Math.trunc(Number(form.get("attemptsLeft")))) - 1;
      return left > 0 ? askForCode(session, call, left) : failVerification(session);
    },
  };

  return [
    {
      method: "GET",
      path: "/checkout/processing",
      handle: (call) =>
        within(new URLSearchParams(call.query).get("amazonCheckoutSessionId"), (session) =>
          session.buyerConfirmed || settings.processing === "straight"
            ? leave(approve(engine, session))
            : show(session, call),
        ),
    },
    {
      method: "POST",
      path: "/checkout/processing",
      handle: (call) => {
        const form = new URLSearchParams(textOf(call));
        return within(form.get("amazonCheckoutSessionId"), (session) => {
          if (!acceptsForm(call, session.checkoutSessionId, form.get("mark"))) {
            throw new PageRefusal("InvalidRequest", "The form did not come from this browser's own page.", {
              status: 403,
            });
          }
          // An old page, in another tab or behind the back button: what the buyer has confirmed stays confirmed.
          if (session.buyerConfirmed) return leave(approve(engine, session));
          const outcome = form.get("outcome") ?? "";
          const play = Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined;
          return play === undefined ? show(session, call) : play(session, call, form);
        });
      },
    },
  ];
}
