/** Eras of the Japanese calendar since the Gregorian one counts: first day, last day, and the year before their first. */
const ERAS: readonly {
  readonly signs: string;
  readonly first: string;
  readonly last: string;
  readonly before: number;
}[] = [
  { signs: "R|令和|令|㋿", first: "2019-05-01", last: "9999-12-31", before: 2018 },
  { signs: "H|平成|平|㍻", first: "1989-01-08", last: "2019-04-30", before: 1988 },
  { signs: "S|昭和|昭|㍼", first: "1926-12-25", last: "1989-01-07", before: 1925 },
  { signs: "T|大正|大|㍽", first: "1912-07-30", last: "1926-12-24", before: 1911 },
  { signs: "M|明治|明|㍾", first: "1873-01-01", last: "1912-07-29", before: 1867 },
];

/** What may stand before the year of an era, for a regular expression. */
export const ERA_SIGNS: string = ERAS.map(({ signs }) => signs).join("|");

const two = (value: number): string => String(value).padStart(2, "0");

/**
 * The year of the Gregorian calendar, or `null` for a day that lies outside of the era that is named: era and year then
 * contradict each other.
 *
 * @param year of the era: `8`, `08` or `元` for the first
 */
export function yearOfEra(sign: string, year: string, month: number, day: number): number | null {
  const era = ERAS.find(({ signs }) => signs.split("|").includes(sign.toUpperCase()));
  if (era === undefined) return null;
  const full = era.before + (year === "元" ? 1 : Number(year));
  const written = `${full}-${two(month)}-${two(day)}`;
  return full > era.before && written >= era.first && written <= era.last ? full : null;
}
