import { ERA_SIGNS, yearOfEra } from "./japanese-eras.ts";
import { monthOf } from "./month-names.ts";

/**
 * The forms in which days are written, by the names that `--date-format` takes. A two-digit year `yy` means 20yy. `gyy` is a year
 * of a Japanese era with its sign (`R8.10.5`, `令和8年10月5日`); `令和yy` one of Reiwa whose sign is not written (`08-10-05`).
 */
export const DATE_FORMS = [
  "yyyy-mm-dd",
  "yyyy/mm/dd",
  "yyyy.mm.dd",
  "yyyymmdd",
  "yyyy年mm月dd日",
  "gyy.mm.dd",
  "dd mmm yyyy",
  "mmm dd yyyy",
  "dd mmm yy",
  "yyyy mmm dd",
  "dd.mm.yyyy",
  "dd/mm/yyyy",
  "mm/dd/yyyy",
  "dd-mm-yyyy",
  "mm-dd-yyyy",
  "dd.mm.yy",
  "dd/mm/yy",
  "mm/dd/yy",
  "yy/mm/dd",
  "dd-mm-yy",
  "mm-dd-yy",
  "yy-mm-dd",
  "yy.mm.dd",
  "yymmdd",
  "ddmmyy",
  "mmddyy",
  "ddmmyyyy",
  "mmddyyyy",
  "令和yy.mm.dd",
] as const;

/** One of {@link DATE_FORMS}. */
export type DateForm = (typeof DATE_FORMS)[number];

/** Year, month and day as numbers; whether they exist together is not looked at. */
export interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** The year is written with two digits. */
  readonly twoDigits: boolean;
}

type Name = "g" | "y" | "m" | "d";

interface Pattern {
  readonly expression: RegExp;
  readonly order: readonly Name[];
}

/** A month by its name; apostrophes and points of abbreviations stay outside. */
const WORD = "(\\p{L}[\\p{L}\\p{M}]{2,11}|\\d{1,2}[月월])\\.?";

const NAMED: Readonly<Partial<Record<DateForm, Pattern>>> = {
  "dd mmm yyyy": {
    expression: new RegExp(
      `^(\\d{1,2})(?:\\.|st|nd|rd|th)?( |-|/|\\.|)(?:de |d')? *${WORD}(?:\\2| (?:de |del )?)(\\d{4})$`,
      "u",
    ),
    order: ["d", "m", "y"],
  },
  "dd mmm yy": {
    expression: new RegExp(`^(\\d{1,2})\\.?( |-|/|\\.|) *${WORD}\\2'?(\\d{2})$`, "u"),
    order: ["d", "m", "y"],
  },
  "yyyy mmm dd": {
    expression: new RegExp(`^(\\d{4})\\.?( |-|/|)${WORD}\\2(\\d{1,2})\\.?$`, "u"),
    order: ["y", "m", "d"],
  },
  "mmm dd yyyy": {
    expression: new RegExp(`^${WORD}( |-|)(\\d{1,2})(?:st|nd|rd|th)?,?(?:\\2| )(\\d{4})$`, "u"),
    order: ["m", "d", "y"],
  },
  "gyy.mm.dd": {
    expression: new RegExp(
      `^(${ERA_SIGNS})[ .]?(\\d{1,2}|元)(?:([-./])(\\d{1,2})\\3(\\d{1,2})|年 ?(\\d{1,2})月 ?(\\d{1,2})日(?:[（(][月火水木金土日][)）])?)$`,
      "i",
    ),
    order: ["g", "y", "m", "d"],
  },
  "令和yy.mm.dd": {
    expression:
      /^(?:(\d{1,2})([-./])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2})(\d{2})|(\d{1,2}|元)年 ?(\d{1,2})月 ?(\d{1,2})日)$/,
    order: ["y", "m", "d"],
  },
  yyyy年mm月dd日: {
    expression: /^(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일](?:\([月火水木金土日월화수목금토일]\))?$/,
    order: ["y", "m", "d"],
  },
};

/** The pattern of a form of digits and one separator, from its name. */
function patternOf(form: DateForm): Pattern {
  const named = NAMED[form];
  if (named !== undefined) return named;
  const order: Name[] = [];
  const separated = /[-./]/.test(form);
  const source = form.replaceAll(/y+|m+|d+|[-./]/g, (part) => {
    if (/[-./]/.test(part)) return `\\${part}`;
    order.push(part[0] as Name);
    return separated && part.length === 2 && part !== "yy" ? "(\\d{1,2})" : `(\\d{${part.length}})`;
  });
  return { expression: new RegExp(`^${source}$`), order };
}

const PATTERNS: ReadonlyMap<DateForm, Pattern> = new Map(DATE_FORMS.map((form) => [form, patternOf(form)]));

/** Forms that leave one reading: the year comes first with four digits, or the month is a word. */
export const UNDECLARED_FORMS: readonly DateForm[] = DATE_FORMS.slice(0, DATE_FORMS.indexOf("dd.mm.yyyy"));

/** Forms that a text can be found to have. That bare digits are years of Reiwa has to be said. */
export const FOUND_FORMS: readonly DateForm[] = DATE_FORMS.filter((form) => form !== "令和yy.mm.dd");

/** Whether a text names a form of days. */
export function isDateForm(text: string): text is DateForm {
  return (DATE_FORMS as readonly string[]).includes(text);
}

/** The parts of a day that is written in this form, or `null`. */
export function dayParts(text: string, form: DateForm): Parts | null {
  const pattern = PATTERNS.get(form);
  const match = pattern?.expression.exec(text);
  if (pattern === undefined || match === null || match === undefined) return null;
  const texts = match.slice(1).filter((part) => part !== undefined && /[\d\p{L}\p{So}]/u.test(part));
  const part = (name: Name): string => texts[pattern.order.indexOf(name)] ?? "";
  const [year, month] = [part("y"), part("m")];
  const number = /^\d+$/.test(month) ? Number(month) : monthOf(month);
  if (number === null) return null;
  const era = form === "令和yy.mm.dd" ? "R" : part("g");
  if (era !== "") {
    const full = yearOfEra(era, year, number, Number(part("d")));
    return full === null ? null : { year: full, month: number, day: Number(part("d")), twoDigits: false };
  }
  return {
    year: year.length === 2 ? 2000 + Number(year) : Number(year),
    month: number,
    day: Number(part("d")),
    twoDigits: year.length === 2,
  };
}

/** Whether a form of numbers alone has the day or the month first; `null` where no other reading is near. */
export function orderOf(form: DateForm): "day" | "month" | null {
  if (/^[gy令]/.test(form) || form.includes("mmm")) return null;
  return form.indexOf("dd") < form.indexOf("mm") ? "day" : "month";
}
