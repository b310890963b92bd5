// Made by tools/generate/run.mjs from packages/sdk/src/button/rules.ts; change that.
import { nearest } from "./suggestion.ts";
import { BUTTON_COLORS, PLACEMENTS, PRODUCT_TYPES, REGIONS, type PageRegion } from "./facts.ts";

/** One thing wrong with the options of a button, for which Amazon's script would draw nothing. */
export interface ButtonProblem {
  /** Name of the option. */
  readonly option: string;
  /** What it must be, and what it was. */
  readonly message: string;
}

/** The options that decide whether a button is drawn, as they came, of whatever type. */
export interface PlaceInput {
  readonly region?: unknown;
  readonly merchantId?: unknown;
  readonly ledgerCurrency?: unknown;
  readonly placement?: unknown;
  readonly productType?: unknown;
  readonly checkoutLanguage?: unknown;
  readonly buttonColor?: unknown;
}

/** The region of a name such as `us`, `DE` or `jp`; undefined for what is none. */
export function pageRegion(name: unknown): PageRegion | undefined {
  const wanted = typeof name === "string" ? name.trim().toLowerCase() : "";
  return REGIONS.find(({ region, aliases }) => region === wanted || aliases.includes(wanted));
}

/**
 * Everything about a button's place that Amazon's script would refuse, or draw nothing for, in the order of the options.
 *
 * @param kind what the signed payload is for
 * @param unlisted whether a value is meant to pass though it is not in the tables
 */
export function placeProblems(
  place: PlaceInput,
  kind: "checkout" | "sign-in",
  unlisted: (value: unknown) => boolean,
): ButtonProblem[] {
  const problems: ButtonProblem[] = [];
  const wrong = (option: string, message: string): void => void problems.push({ option, message });
  /** Says what is wrong with a value; true for a listed one. */
  const listed = (option: keyof PlaceInput, values: readonly string[], needed: boolean): boolean => {
    const value = place[option];
    if (value === undefined || value === null) {
      if (needed) wrong(option, `is needed: one of ${values.join(", ")}`);
      return false;
    }
    if (unlisted(value)) return false;
    if (typeof value === "string" && values.includes(value)) return true;
    wrong(option, `must be one of ${values.join(", ")}, not ${shown(value)}${meant(value, values)}`);
    return false;
  };

  const region = pageRegion(place.region);
  if (region === undefined && !unlisted(place.region)) {
    wrong("region", "must be na, eu or jp, or one of us, de and uk");
  }
  if (typeof place.merchantId !== "string" || !/^[^\s]+$/.test(place.merchantId)) {
    wrong("merchantId", "is needed: the seller id of Seller Central, without white space");
  }
  const fits = (option: "ledgerCurrency" | "checkoutLanguage", member: "currencies" | "languages"): void => {
    const all = REGIONS.flatMap((row) => row[member]);
    if (!listed(option, all, option === "ledgerCurrency") || region === undefined) return;
    const value = String(place[option]);
    if (region[member].includes(value)) return;
    const owner = REGIONS.find((row) => row[member].includes(value));
    wrong(
      option,
      `${value} does not go with region ${region.region}, which has ${region[member].join(", ")}; region ${owner?.region} has ${value}`,
    );
  };
  fits("ledgerCurrency", "currencies");
  listed("placement", PLACEMENTS, true);
  if (listed("productType", PRODUCT_TYPES, false) && (place.productType === "SignIn") !== (kind === "sign-in")) {
    wrong(
      "productType",
      kind === "sign-in"
        ? "must be SignIn, or left out: what was signed is the payload of a sign-in button"
        : "SignIn needs a payload with signInReturnUrl: what was signed is the payload of a checkout",
    );
  }
  fits("checkoutLanguage", "languages");
  listed("buttonColor", BUTTON_COLORS, false);
  return problems;
}

function shown(value: unknown): string {
  if (typeof value === "string") return `"${value.slice(0, 40)}"`;
  return typeof value === "object" ? "an object" : String(value);
}

function meant(value: unknown, values: readonly string[]): string {
  const near = typeof value === "string" ? nearest(value, values) : undefined;
  return near === undefined ? "" : `: did you mean ${near}?`;
}
