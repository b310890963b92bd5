/**
 * How far a layout is borne out: `shown` where its source has the whole header, `searched` where unrelated public code has it word
 * for word and no single page is its source, `unverified` where the source names some of the columns only, or could not be opened.
 */
export type LayoutEvidence = "shown" | "searched" | "unverified";

/** Headers that several public repositories have word for word. */
const SEARCHED = new Set(
  (
    "barclays boursorama caixabank-now capital-one-360 chase chase-card comdirect comdirect-card commerzbank-2019 consorsbank " +
    "hypovereinsbank ing-nl jp-post mizuho paypal-de qonto-fr rabobank revolut-business-2024 revolut-de revolut-es revolut-fr " +
    "revolut-it revolut-nl starling us-bank"
  ).split(" "),
);

/** Headers put together from columns that a source names one by one, and from files of the same bank in another language. */
const UNVERIFIED = new Set(
  (
    "1822direkt argenta-be bnp-fortis bunq caixabank co-operative-bank credit-mutuel erste-george fineco fortuneo ing-be ing-es " +
    "ing-nl-en intesa la-banque-postale paypal-fr paypal-it postbank-2017 rabobank-en raiffeisen-ch shine volksbank-2018"
  ).split(" "),
);

/** Names in the two lists above: each is one of a layout. */
export const LAYOUTS_WITHOUT_FILE: readonly string[] = [...SEARCHED, ...UNVERIFIED];

/** How far the layout of this name is borne out. */
export function evidenceOf(name: string): LayoutEvidence {
  return UNVERIFIED.has(name) ? "unverified" : SEARCHED.has(name) ? "searched" : "shown";
}
