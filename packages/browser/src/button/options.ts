import { CALLBACKS, type PayAmount, type PayCallbacks, type PayConfig } from "../amazon-pay.ts";
import type { BUTTON_COLORS, LANGUAGES, LEDGER_CURRENCIES, PLACEMENTS, PRODUCT_TYPES } from "../rules/facts.ts";
import { type ButtonProblem, pageRegion, placeProblems } from "../rules/rules.ts";

/** What the server signed: `await pay.button.create(payload)` of `@amazon-pay-kit/sdk`, sent to the page as it is. */
export interface SignedButton {
  /** Exactly the text that was signed. */
  readonly payloadJSON: string;
  /** Base64. */
  readonly signature: string;
  readonly algorithm: "AMZN-PAY-RSASSA-PSS" | "AMZN-PAY-RSASSA-PSS-V2";
  readonly publicKeyId: string;
  readonly kind: "checkout" | "sign-in";
}

/** Names of a region, as for the client of the server. */
export type RegionName = "na" | "eu" | "jp" | "us" | "de" | "uk";

/** Everything about one button. */
export interface ButtonOptions extends PayCallbacks {
  /** What the server signed. */
  readonly signed: SignedButton;
  /** Decides about the script. */
  readonly region: RegionName;
  /** The seller id. */
  readonly merchantId: string;
  readonly ledgerCurrency: (typeof LEDGER_CURRENCIES)[number];
  /** Which kind of page the button stands on. */
  readonly placement: (typeof PLACEMENTS)[number];
  /** Default: `SignIn` for a sign-in payload, otherwise the script's own, `PayAndShip`. */
  readonly productType?: (typeof PRODUCT_TYPES)[number] | undefined;
  /** Default: the script's own choice. */
  readonly checkoutLanguage?: (typeof LANGUAGES)[number] | undefined;
  /** Default `Gold`. */
  readonly buttonColor?: (typeof BUTTON_COLORS)[number] | undefined;
  /** Shown as an estimate; not binding. A new amount is shown without drawing the button again. */
  readonly estimatedOrderAmount?: PayAmount | undefined;
  /** For keys whose id has no prefix: whether the page talks to the sandbox of Amazon. */
  readonly environment?: "live" | "sandbox" | undefined;
  /** Address of the script. Default: the region's; the kit's sandbox has its own, `/checkout.js`. */
  readonly scriptUrl?: string | undefined;
  /** Nonce of the page's content security policy. */
  readonly nonce?: string | undefined;
  /** Lets values pass that this version does not list, to be judged by Amazon's script alone. Default `false`. */
  readonly allowUnlisted?: boolean | undefined;
}

/** What may be given for an option before it was checked. */
export type LooseButtonOptions = { readonly [Option in keyof ButtonOptions]?: unknown };

const NEVER = (): boolean => false;

/** Everything wrong with a button's options (`signed: null` is one that is still on its way): what Amazon's script would answer by drawing nothing. */
export function buttonProblems(options: LooseButtonOptions): ButtonProblem[] {
  const problems: ButtonProblem[] = [];
  const signed = options.signed as Partial<Record<keyof SignedButton, unknown>> | null | undefined;
  const texts = ["payloadJSON", "signature", "publicKeyId"] as const;
  if (signed === null) {
    // Still on its way from the server.
  } else if (typeof signed !== "object" || texts.some((name) => typeof signed[name] !== "string")) {
    problems.push({
      option: "signed",
      message:
        "must be what `button.create` gave at the server: { payloadJSON, signature, algorithm, publicKeyId, kind }, with payloadJSON as the text that was signed",
    });
  } else if (!isJson(String(signed.payloadJSON))) {
    problems.push({
      option: "signed",
      message: "payloadJSON is not JSON: pass on the very text that was signed, not HTML-escaped and not rebuilt",
    });
  } else if (signed.algorithm !== "AMZN-PAY-RSASSA-PSS" && signed.algorithm !== "AMZN-PAY-RSASSA-PSS-V2") {
    problems.push({ option: "signed", message: "algorithm must be AMZN-PAY-RSASSA-PSS or AMZN-PAY-RSASSA-PSS-V2" });
  }
  const unlisted = (value: unknown): boolean => typeof value === "string" && value !== "";
  problems.push(
    ...placeProblems(
      options,
      signed?.kind === "sign-in" ? "sign-in" : "checkout",
      options.allowUnlisted === true ? unlisted : NEVER,
    ),
  );
  problems.push(...scriptProblems(options), ...environmentProblems(options, signed?.publicKeyId));
  for (const name of CALLBACKS) {
    if (options[name] !== undefined && typeof options[name] !== "function")
      problems.push({ option: name, message: "must be a function" });
  }
  if (options.estimatedOrderAmount !== undefined && !isAmount(options.estimatedOrderAmount)) {
    problems.push({
      option: "estimatedOrderAmount",
      message: 'must be { amount: "10.00", currencyCode: "USD" }, with the amount as text',
    });
  }
  return problems;
}

/** What is wrong with the address of the script. */
export function scriptProblems({ scriptUrl }: Pick<LooseButtonOptions, "scriptUrl">): ButtonProblem[] {
  if (scriptUrl === undefined) return [];
  const url = typeof scriptUrl === "string" && URL.canParse(scriptUrl) ? new URL(scriptUrl) : undefined;
  const here = url?.hostname === "localhost" || url?.hostname === "127.0.0.1" || url?.hostname === "[::1]";
  if (url?.protocol === "https:" || (url?.protocol === "http:" && here)) return [];
  return [{ option: "scriptUrl", message: "must begin with https:// (or with http:// on this machine)" }];
}

/** Address of the script of these options. */
export function scriptUrlOf({ region, scriptUrl }: Pick<ButtonOptions, "region" | "scriptUrl">): string {
  return scriptUrl === undefined ? (pageRegion(region)?.scriptUrl ?? "") : new URL(scriptUrl).href;
}

function environmentProblems({ environment }: LooseButtonOptions, publicKeyId: unknown): ButtonProblem[] {
  if (environment !== undefined && environment !== "live" && environment !== "sandbox")
    return [{ option: "environment", message: "must be live or sandbox" }];
  if (typeof publicKeyId !== "string") return [];
  const prefixed = prefixOf(publicKeyId);
  if (prefixed === undefined && environment === undefined)
    return [{ option: "environment", message: "is needed: this key id does not say whether it is live or sandbox" }];
  if (prefixed === undefined || environment === undefined || prefixed === environment) return [];
  return [{ option: "environment", message: `is ${environment}, but the key that signed is a ${prefixed} key` }];
}

const prefixOf = (publicKeyId: string): string | undefined => /^(live|sandbox)-/i.exec(publicKeyId)?.[1]?.toLowerCase();

/** The script's configuration for checked options. */
export function configOf(options: ButtonOptions): PayConfig {
  const { payloadJSON, signature, algorithm, publicKeyId, kind } = options.signed;
  const session = { payloadJSON, signature, algorithm, publicKeyId };
  const config: Record<string, unknown> = {
    merchantId: options.merchantId,
    publicKeyId,
    ledgerCurrency: options.ledgerCurrency,
    placement: options.placement,
    productType: options.productType ?? (kind === "sign-in" ? "SignIn" : undefined),
    checkoutLanguage: options.checkoutLanguage,
    buttonColor: options.buttonColor,
    sandbox: prefixOf(publicKeyId) === undefined ? options.environment === "sandbox" : undefined,
    estimatedOrderAmount: options.estimatedOrderAmount,
    [kind === "sign-in" ? "signInConfig" : "createCheckoutSessionConfig"]: session,
  };
  for (const name of CALLBACKS) config[name] = options[name];
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as unknown as PayConfig;
}

function isAmount(value: unknown): value is PayAmount {
  const { amount, currencyCode } = (value ?? {}) as Partial<Record<keyof PayAmount, unknown>>;
  return (
    typeof amount === "string" &&
    /^\d{1,15}(\.\d{1,2})?$/.test(amount) &&
    typeof currencyCode === "string" &&
    /^[A-Z]{3}$/.test(currencyCode)
  );
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
