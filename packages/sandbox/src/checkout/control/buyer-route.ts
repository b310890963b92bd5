import type { Engine } from "../../engine/engine.ts";
import type { CheckoutSession } from "../../engine/objects/index.ts";
import { ControlError } from "../../control/control-error.ts";
import { onlyMembers } from "../../control/read-members.ts";
import type { ControlRoute } from "../../module.ts";
import { approve, cancel, decline, fail, signIn, type Onward } from "../buyer/buyer.ts";
import { readChoices } from "./read-choices.ts";

type Body = Readonly<Record<string, unknown>>;

/** What a script may let the buyer do. */
const ACTIONS: Readonly<Record<string, (engine: Engine, session: CheckoutSession, body: Body) => Onward>> = {
  __proto__: null as never,
  "sign-in": (engine, session, body) => signIn(engine, session, readChoices(body)),
  approve: (engine, session, body) => {
    if (body["instrument"] !== undefined || body["shippingAddress"] !== undefined) {
      signIn(engine, session, { ...keptChoices(session), ...readChoices(body) });
    }
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
    handle: ({ params, body }) => {
      onlyMembers(body, "action", "buyerId", "instrument", "shippingAddress");
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
      return action(engine, session, body);
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
