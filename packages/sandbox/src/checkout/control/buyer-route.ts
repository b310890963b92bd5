import type { Engine } from "../../engine/engine.ts";
import type { CheckoutSession } from "../../engine/objects/index.ts";
import { ControlError } from "../../control/control-error.ts";
import type { ControlRoute } from "../../module.ts";
import { approve, cancel, decline, fail, signIn, type Onward } from "../buyer/buyer.ts";
import type { BuyerChoices } from "../buyer/choices.ts";
import { readChoices } from "./read-choices.ts";

/** What a buyer chooses when signing in, or anew when approving. */
const CHOICES = ["buyerId", "instrument", "shippingAddress"] as const;

/** What a script may let the buyer do. */
const ACTIONS: Readonly<Record<string, (engine: Engine, session: CheckoutSession, choices: BuyerChoices) => Onward>> = {
  __proto__: null as never,
  "sign-in": (engine, session, choices) => signIn(engine, session, choices),
  approve: (engine, session, choices) => {
    if (Object.keys(choices).length > 0) signIn(engine, session, { ...keptChoices(session), ...choices });
    return approve(engine, session);
  },
  cancel: (engine, session) => cancel(engine, session),
  decline: (engine, session) => decline(engine, session),
  fail: (engine, session) => fail(engine, session),
};

/** `POST /_sandbox/checkout-sessions/{id}/buyer`: plays the buyer without a browser. */
export function buyerRoute(engine: Engine): ControlRoute {
  return {
    method: "POST",
    path: "/checkout-sessions/:id/buyer",
    members: ["action", ...CHOICES],
    handle: ({ params, body }) => {
      const session = engine.state.checkoutSessions.get(params["id"] ?? "");
      if (session === undefined)
        throw new ControlError("control.not-found", `there is no checkout session ${String(params["id"])}`);
      const name = body["action"];
      const action = typeof name === "string" && Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
      if (action === undefined) {
        throw new ControlError(
          "control.invalid",
          `action must be one of ${Object.keys(ACTIONS).join(", ")}, not ${JSON.stringify(name)}`,
        );
      }
      const choices = readChoices(body);
      const [chosen] = Object.keys(choices);
      if (chosen !== undefined && name !== "sign-in" && name !== "approve")
        throw new ControlError(
          "control.invalid",
          `${chosen} belongs to the actions sign-in and approve, not to ${String(name)}`,
        );
      return action(engine, session, choices);
    },
  };
}

function keptChoices({ buyer }: CheckoutSession) {
  return buyer === null
    ? {}
    : {
        buyerId: buyer.buyerId,
        instrument: buyer.instrumentId,
        shippingAddress: buyer.addressIds ?? buyer.addressId ?? undefined,
      };
}
