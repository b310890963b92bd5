import { isSafeUrl } from "../client/base-url.ts";
import { type ConfigurationError, wrongOption } from "../errors/configuration-error.ts";
import { isRecord } from "../operations/fields/check.ts";
import type { RegionName } from "../operations/api-regions.ts";
import { isOtherValue } from "../operations/fields/other-value.ts";
import { nearest } from "../operations/fields/suggestion.ts";
import { environmentOfKey } from "../operations/regions.ts";
import { priceInput } from "../request/prepare.ts";
import type { ButtonRendering, SignedButton } from "../types/button.ts";
import { pageRegion, placeProblems } from "./rules.ts";
import { isText } from "../kind.ts";

/** Where a button is rendered. */
export interface ButtonPlace extends ButtonRendering {
  /** `na`, `eu` or `jp`, or an alias: decides about the script. */
  readonly region: RegionName | Uppercase<RegionName>;
  /** For keys without a prefix: whether the page talks to the sandbox. */
  readonly environment?: "live" | "sandbox";
}

/**
 * HTML of a button: its element, the region's script, and the call that renders it. Safe to put into a page whatever the
 * payload holds: no text in it can end the script or begin another. What Amazon's script would draw nothing for is an error here:
 * a value that is not listed (`otherValue` lets one pass), a currency or language of another region, an option that is none.
 *
 * @example
 * const signed = await client.button.create(payload);
 * const html = renderButton(signed, { region: "eu", merchantId, ledgerCurrency: "EUR", placement: "Cart" });
 * @throws ConfigurationError `config.option` for an option that cannot be rendered safely, or not at all
 */
export function renderButton(signed: SignedButton, place: ButtonPlace): string {
  if (!isRecord(signed) || !isText(signed["signature"]) || !isRecord(place)) {
    throw wrongOption(
      "renderButton needs what `button.create` gave (await it), and an object with `region`, `merchantId`, `ledgerCurrency` and `placement`",
    );
  }
  checkPlace(signed, place);
  const elementId = place.elementId ?? "AmazonPayButton";
  if (!/^[A-Za-z][\w-]*$/.test(elementId))
    throw refused("elementId", "must begin with a letter and hold letters, digits, - and _ only");
  if (place.nonce !== undefined && !/^[A-Za-z0-9+/_=-]+$/.test(place.nonce)) throw refused("nonce", "must be base64");
  const nonce = place.nonce === undefined ? "" : ` nonce="${place.nonce}"`;
  const call = `amazon.Pay.renderButton(${literal(`#${elementId}`)}, ${literal(configuration(signed, place))});`;
  return [
    `<div id="${elementId}"></div>`,
    `<script src="${scriptUrl(place)}"${nonce}></script>`,
    `<script${nonce}>${call}</script>`,
  ].join("\n");
}

const OPTIONS: Readonly<Record<keyof ButtonPlace, true>> = {
  region: true,
  environment: true,
  merchantId: true,
  ledgerCurrency: true,
  placement: true,
  productType: true,
  checkoutLanguage: true,
  buttonColor: true,
  estimatedOrderAmount: true,
  elementId: true,
  nonce: true,
  scriptUrl: true,
};

/** Refuses what would leave the buyer without a button: all of it in one error. */
function checkPlace(signed: SignedButton, place: ButtonPlace): void {
  const problems = Object.keys(place)
    .filter((name) => !Object.hasOwn(OPTIONS, name))
    .map((name) => {
      const near = nearest(name, Object.keys(OPTIONS));
      return { option: name, message: `is no option${near === undefined ? "" : `: did you mean ${near}?`}` };
    });
  problems.push(...placeProblems(place, signed.kind, isOtherValue));
  const { environment } = place;
  if (environment !== undefined && environment !== "live" && environment !== "sandbox")
    problems.push({ option: "environment", message: "must be live or sandbox" });
  const prefixed = environmentOfKey(signed.publicKeyId);
  if (prefixed !== undefined && environment !== undefined && prefixed !== environment)
    problems.push({
      option: "environment",
      message: `is ${environment}, but the key that signed is a ${prefixed} key`,
    });
  const [first, ...others] = problems;
  if (first === undefined) return;
  throw refused(
    first.option,
    [first.message, ...others.map(({ option, message }) => `\`${option}\` ${message}`)].join("; "),
  );
}

function configuration(signed: SignedButton, place: ButtonPlace): Record<string, unknown> {
  const { payloadJSON, signature, algorithm, publicKeyId, kind } = signed;
  const session = { payloadJSON, signature, algorithm, publicKeyId };
  const prefixed = environmentOfKey(publicKeyId);
  if (prefixed === undefined && place.environment === undefined)
    throw refused("environment", "is needed: this key id does not say by its prefix whether it is live or sandbox");
  return {
    merchantId: place.merchantId,
    publicKeyId,
    ledgerCurrency: place.ledgerCurrency,
    placement: place.placement,
    productType: place.productType ?? (kind === "sign-in" ? "SignIn" : undefined),
    checkoutLanguage: place.checkoutLanguage,
    buttonColor: place.buttonColor,
    // A prefixed key says so by itself.
    sandbox: prefixed === undefined ? place.environment === "sandbox" : undefined,
    estimatedOrderAmount: place.estimatedOrderAmount === undefined ? undefined : estimate(place.estimatedOrderAmount),
    [kind === "sign-in" ? "signInConfig" : "createCheckoutSessionConfig"]: session,
  };
}

function estimate(amount: NonNullable<ButtonPlace["estimatedOrderAmount"]>): unknown {
  const outcome = priceInput(amount);
  if ("price" in outcome) return outcome.price;
  throw refused("estimatedOrderAmount", `is no amount: ${outcome.member} ${outcome.why}`);
}

function scriptUrl(place: ButtonPlace): string {
  const url = place.scriptUrl ?? pageRegion(place.region)?.scriptUrl;
  if (url === undefined) throw refused("region", "must be na, eu or jp, or one of us, de and uk");
  if (!URL.canParse(url) || !isSafeUrl(new URL(url)))
    throw refused("scriptUrl", "must begin with https:// (or with http:// on this machine)");
  return new URL(url).href.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

/** A JavaScript literal that may stand in an HTML script: neither tags nor line separators can come of it. */
function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function refused(option: string, why: string): ConfigurationError {
  return wrongOption(`the button's \`${option}\` ${why}`);
}
