/** Names of the months and their abbreviations by language, January first; several of one month are divided by `|`. */
const NAMES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  en: "jan|january feb|february mar|march apr|april may jun|june jul|july aug|august sep|sept|september oct|october nov|november dec|december",
  de: "jan|januar|jän|jänner feb|februar|feber mär|mrz|märz|maerz apr|april mai jun|juni jul|juli aug|august sep|sept|september okt|oktober nov|november dez|dezember",
  fr: "janv|janvier févr|fév|février mars avr|avril mai juin juil|juillet août sept|septembre oct|octobre nov|novembre déc|décembre",
  it: "gen|gennaio feb|febbraio mar|marzo apr|aprile mag|maggio giu|giugno lug|luglio ago|agosto set|sett|settembre ott|ottobre nov|novembre dic|dicembre",
  es: "ene|enero feb|febrero mar|marzo abr|abril may|mayo jun|junio jul|julio ago|agosto sep|sept|set|septiembre|setiembre oct|octubre nov|noviembre dic|diciembre",
  pt: "jan|janeiro fev|fevereiro mar|março abr|abril mai|maio jun|junho jul|julho ago|agosto set|setembro out|outubro nov|novembro dez|dezembro",
  pl: "sty|styczeń|stycznia lut|luty|lutego mar|marzec|marca kwi|kwiecień|kwietnia maj|maja cze|czerwiec|czerwca lip|lipiec|lipca sie|sierpień|sierpnia wrz|wrzesień|września paź|październik|października lis|listopad|listopada gru|grudzień|grudnia",
  cs: "led|leden|ledna úno|únor|února bře|březen|března dub|duben|dubna kvě|květen|května čvn|červen|června čvc|červenec|července srp|srpen|srpna zář|září říj|říjen|října lis|listopad|listopadu pro|prosinec|prosince",
  sk: "jan|január|januára feb|február|februára mar|marec|marca apr|apríl|apríla máj|mája jún|júna júl|júla aug|august|augusta sep|september|septembra okt|október|októbra nov|november|novembra dec|december|decembra",
  sv: "jan|januari feb|februari mar|mars apr|april maj jun|juni jul|juli aug|augusti sep|sept|september okt|oktober nov|november dec|december",
  da: "jan|januar feb|februar mar|marts apr|april maj jun|juni jul|juli aug|august sep|sept|september okt|oktober nov|november dec|december",
  nb: "jan|januar feb|februar mar|mars apr|april mai jun|juni jul|juli aug|august sep|sept|september okt|oktober nov|november des|desember",
  fi: "tammi|tammikuu|tammikuuta helmi|helmikuu|helmikuuta maalis|maaliskuu|maaliskuuta huhti|huhtikuu|huhtikuuta touko|toukokuu|toukokuuta kesä|kesäkuu|kesäkuuta heinä|heinäkuu|heinäkuuta elo|elokuu|elokuuta syys|syyskuu|syyskuuta loka|lokakuu|lokakuuta marras|marraskuu|marraskuuta joulu|joulukuu|joulukuuta",
  hu: "jan|január feb|febr|február márc|március ápr|április máj|május jún|június júl|július aug|augusztus szept|szeptember okt|október nov|november dec|december",
  ro: "ian|ianuarie feb|februarie mar|martie apr|aprilie mai iun|iunie iul|iulie aug|august sep|sept|septembrie oct|octombrie noi|noiembrie dec|decembrie",
  tr: "oca|ocak şub|şubat mar|mart nis|nisan may|mayıs haz|haziran tem|temmuz ağu|ağustos eyl|eylül eki|ekim kas|kasım ara|aralık",
  ru: "янв|январь|января фев|февр|февраль|февраля мар|март|марта апр|апрель|апреля май|мая июн|июнь|июня июл|июль|июля авг|август|августа сен|сент|сентябрь|сентября окт|октябрь|октября ноя|нояб|ноябрь|ноября дек|декабрь|декабря",
  el: "ιαν|ιανουάριος|ιανουαρίου φεβ|φεβρουάριος|φεβρουαρίου μαρ|μαρτ|μάρτιος|μαρτίου απρ|απρίλιος|απριλίου μαΐ|μάιος|μαΐου ιουν|ιούνιος|ιουνίου ιουλ|ιούλιος|ιουλίου αυγ|αύγουστος|αυγούστου σεπ|σεπτ|σεπτέμβριος|σεπτεμβρίου οκτ|οκτώβριος|οκτωβρίου νοε|νοέμβριος|νοεμβρίου δεκ|δεκέμβριος|δεκεμβρίου",
  nl: "jan|januari feb|februari mrt|maart apr|april mei jun|juni jul|juli aug|augustus sep|sept|september okt|oktober nov|november dec|december",
};

/** A name as it is compared: lower case, without accents and the dots of Turkish. */
function plainMonth(name: string): string {
  return name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i");
}

/** Every name with its month; exported for the test that no name means two. */
export const MONTH_WORDS: readonly (readonly [name: string, month: number])[] = Object.values(NAMES).flatMap(
  (language) =>
    language
      .split(" ")
      .flatMap((names, place) => names.split("|").map((name): [string, number] => [plainMonth(name), place + 1])),
);

const MONTHS: ReadonlyMap<string, number> = new Map(MONTH_WORDS);

/**
 * The number of a month by its name or abbreviation in one of the languages of Europe whose names exclude each other, or by
 * its number before 月 or 월; `null` for any other word. Croatian is none of them: its `listopad` is October, and November in Polish.
 *
 * @example monthOf("Okt") // 10
 */
export function monthOf(name: string): number | null {
  const numbered = /^(\d{1,2})[月월]$/.exec(name);
  if (numbered !== null) {
    const month = Number(numbered[1]);
    return month >= 1 && month <= 12 ? month : null;
  }
  return MONTHS.get(plainMonth(name)) ?? null;
}
