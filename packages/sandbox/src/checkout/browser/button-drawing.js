import { wordsFor } from "./button-texts.js";

/** @import { PayConfig } from "./config-rules.js" */

const buttonColors = {
  Gold: { face: "#ffcf4d", faceActive: "#f2bb22", edge: "#9c7208", ink: "#1d1a12" },
  LightGray: { face: "#eceef1", faceActive: "#dadde2", edge: "#6f7680", ink: "#15181c" },
  DarkGray: { face: "#3b424b", faceActive: "#2a3037", edge: "#14171b", ink: "#ffffff" },
};

/** A style sheet object and no style element, so that a strict content security policy of the shop does not hide it. */
const buttonStyle = new CSSStyleSheet();
buttonStyle.replaceSync(`
  :host { display: block; min-width: 150px; max-width: 400px; container-type: inline-size; }
  button {
    all: unset; box-sizing: border-box; display: flex; align-items: center; justify-content: center; gap: 10px;
    width: 100%; min-height: 48px; padding: 6px 14px; border: 1px solid var(--edge); border-radius: 10px;
    background: var(--face); color: var(--ink); cursor: pointer; user-select: none;
    font: 600 17px/1.15 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    box-shadow: inset 0 1px 0 rgb(255 255 255 / 35%), 0 1px 2px rgb(0 0 0 / 18%);
  }
  button:hover { background: var(--active); }
  button:active { background: var(--active); box-shadow: inset 0 1px 3px rgb(0 0 0 / 30%); }
  button:focus-visible { outline: 3px solid #1a5fd0; outline-offset: 2px; }
  button[aria-disabled="true"] { cursor: progress; opacity: 0.75; }
  svg { flex: none; width: 26px; height: 26px; }
  .words { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 3px 10px; min-width: 0; }
  .mark {
    flex: none; padding: 2px 7px; border: 1px dashed currentColor; border-radius: 999px;
    font-size: 12px; font-weight: 600; letter-spacing: 0.02em;
  }
  @container (max-width: 200px) { button { gap: 8px; padding: 5px 8px; font-size: 15px; } svg { width: 22px; height: 22px; } .mark { font-size: 11px; padding: 0 6px; } }
  @media (forced-colors: active) { button { border: 2px solid ButtonText; } }
`);

/** A sand castle with a flag, our own. */
const castle =
  "M11.4 2h1.2v.6l4.2 1.6-4.2 1.6v6.6h-1.2zM3 21.2V10.4h1.7v1.8h1.8v-1.8h1.8v3.5h1.6v-3.1h1.4v1.5h1.4v-1.5h1.4v3.1h1.6v-3.5h1.8v1.8h1.8v-1.8H21v10.8h-6.6v-3.1a2.4 2.4 0 0 0-4.8 0v3.1z";

/**
 * Draws the button into a place of the merchant's page; what was in it goes away.
 *
 * @param {Element} place
 * @param {PayConfig} config
 * @returns {HTMLButtonElement}
 */
export function drawButton(place, config) {
  const words = wordsFor(config);
  const color = Object.entries(buttonColors).find(([name]) => name === config.buttonColor)?.[1] ?? buttonColors.Gold;
  const host = document.createElement("div");
  host.lang = words.language;
  // By this browser tests find it: see testing/playwright.
  host.dataset.amazonPay = "button";
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [buttonStyle];
  const button = document.createElement("button");
  button.type = "button";
  button.title = words.description;
  button.style.setProperty("--face", color.face);
  button.style.setProperty("--active", color.faceActive);
  button.style.setProperty("--edge", color.edge);
  button.style.setProperty("--ink", color.ink);
  const text = document.createElement("span");
  text.textContent = words.text;
  const mark = document.createElement("span");
  mark.className = "mark";
  mark.textContent = words.mark;
  const both = document.createElement("span");
  both.className = "words";
  both.append(text, mark);
  button.append(drawCastle(), both);
  root.append(button);
  place.replaceChildren(host);
  return button;
}

function drawCastle() {
  const name = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(name, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(name, "path");
  path.setAttribute("d", castle);
  path.setAttribute("fill", "currentColor");
  picture.append(path);
  return picture;
}
