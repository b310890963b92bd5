/** Names of the months and their abbreviations by language, January first; several of one month are divided by `|`. */
const NAMES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  en: "jan|january feb|february mar|march apr|april may jun|june jul|july aug|august sep|sept|september oct|october nov|november dec|december",
  de: "jan|januar|jän|jänner feb|februar|feber mär|mrz|märz|maerz apr|april mai jun|juni jul|juli aug|august sep|sept|september okt|oktober nov|november dez|dezember",
  fr: "janv|janvier févr|fév|février mars avr|avril mai juin juil|juillet août sept|septembre oct|octobre nov|novembre déc|décembre",
  it: "gen|gennaio feb|febbraio mar|marzo apr|aprile mag|maggio giu|giugno lug|luglio ago|agosto set|sett|settembre ott|ottobre nov|novembre dic|dicembre",
  es: "ene|enero feb|febrero mar|marzo abr|abril may|mayo jun|junio jul|julio ago|agosto sep|sept|set|septiembre|setiembre oct|octubre nov|noviembre dic|diciembre",
  nl: "jan|januari feb|februari mrt|maart apr|april mei jun|juni jul|juli aug|augustus sep|sept|september okt|oktober nov|november dec|december",
};

/** A name as it is compared: lower case, without accents. */
function plainMonth(name: string): string {
  return name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

const MONTHS: ReadonlyMap<string, number> = new Map(
  Object.values(NAMES).flatMap((language) =>
    language
      .split(" ")
      .flatMap((names, place) => names.split("|").map((name): [string, number] => [plainMonth(name), place + 1])),
  ),
);

/**
 * The number of a month by its name or abbreviation in English, German, French, Italian, Spanish or Dutch, or by its
 * number before 月; `null` for any other word. No word means two months in two of these languages.
 *
 * @example monthOf("Okt") // 10
 */
export function monthOf(name: string): number | null {
  const numbered = /^(\d{1,2})月$/.exec(name);
  if (numbered !== null) {
    const month = Number(numbered[1]);
    return month >= 1 && month <= 12 ? month : null;
  }
  return MONTHS.get(plainMonth(name)) ?? null;
}
