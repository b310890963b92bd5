import { AmazonPayButton, AmazonPayChangeAction } from "@amazon-pay-kit/browser/react";
import { createElement, StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { countReady, pageNonce, report, sessionId, shopData, type ShopData } from "./shop.ts";

const nonce = pageNonce();
const data = await shopData();

function Cart() {
  const [signed, setSigned] = useState<ShopData["signed"] | null>(null);
  const [estimate, setEstimate] = useState("19.50");
  useEffect(() => setSigned(data.signed), []);
  useEffect(() => document.querySelector("#more")?.addEventListener("click", () => setEstimate("39.00")), []);
  return createElement(AmazonPayButton, {
    ...data,
    signed,
    nonce,
    estimatedOrderAmount: { amount: estimate, currencyCode: data.ledgerCurrency },
    onProblem: (problem) => report(problem),
    onReady: () => countReady(),
  });
}

function App() {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    document.querySelector("#to-cart")?.addEventListener("click", () => setPath("/cart"));
    document.querySelector("#to-home")?.addEventListener("click", () => setPath("/"));
    document.documentElement.dataset["loaded"] = "yes";
  }, []);
  if (path === "/cart") return createElement(Cart);
  if (path !== "/review") return null;
  const { region, scriptUrl } = data;
  const change = { checkoutSessionId: sessionId(), changeAction: "changeAddress", region, scriptUrl, nonce } as const;
  return createElement("div", { id: "change" }, createElement(AmazonPayChangeAction, change, "Change address"));
}

const main = document.querySelector("main");
// Strict mode mounts everything twice, as client-side navigation does.
if (main !== null) createRoot(main).render(createElement(StrictMode, null, createElement(App)));
