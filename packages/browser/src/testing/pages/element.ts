import "@amazon-pay-kit/browser";
import { countReady, pageNonce, report, sessionId, shopData } from "./shop.ts";

const main = document.querySelector("main");
const data = await shopData();

document.addEventListener("amazon-pay-problem", (event) => report((event as CustomEvent).detail));
document.addEventListener("amazon-pay-ready", countReady);

function cart(): void {
  const button = document.createElement("amazon-pay-button");
  const { signed, ...texts } = data;
  button.setAttribute("signed", JSON.stringify(signed));
  for (const [name, value] of Object.entries(texts))
    button.setAttribute(
      name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      String(value),
    );
  button.nonce = pageNonce();
  main?.replaceChildren(button);
}

function review(): void {
  const change = document.createElement("amazon-pay-change");
  change.setAttribute("checkout-session-id", sessionId());
  change.setAttribute("change-action", "changeAddress");
  change.setAttribute("region", data.region);
  if (data.scriptUrl !== undefined) change.setAttribute("script-url", data.scriptUrl);
  change.nonce = pageNonce();
  const inside = document.createElement("button");
  inside.id = "change";
  inside.textContent = "Change address";
  change.append(inside);
  main?.replaceChildren(change);
}

document.querySelector("#to-cart")?.addEventListener("click", cart);
document.querySelector("#to-home")?.addEventListener("click", () => main?.replaceChildren());
if (location.pathname === "/review") review();
document.documentElement.dataset["loaded"] = "yes";
