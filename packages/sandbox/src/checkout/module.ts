import type { Module } from "../module.ts";
import { assetRoutes } from "./asset-routes.ts";
import { installBuyerTokens } from "../test-data/buyer-tokens.ts";
import { buyerRoute } from "./control/buyer-route.ts";
import { buyerTokensRoute } from "./control/buyer-tokens-route.ts";
import { processingRoutes } from "./processing/processing-routes.tsx";
import { startRoutes } from "./start/start-routes.ts";
import { visitRoutes } from "./visit/visit-routes.tsx";
import { installVisits } from "./visit/visit.ts";

/** The buyer's side: the script of the merchant's page, the hosted pages, and the buyer as a script plays it. */
export const checkoutModule: Module = {
  name: "checkout",
  install: (context) => {
    const { engine } = context;
    installBuyerTokens(engine);
    installVisits(engine);
    return {
      routes: [...assetRoutes(), ...startRoutes(engine), ...visitRoutes(engine), ...processingRoutes(context)],
      control: [buyerRoute(engine), buyerTokensRoute(engine)],
    };
  },
};
