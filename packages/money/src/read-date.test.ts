import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DATE_FORMS, type DateForm } from "./date-forms.ts";
import { MoneyError } from "./errors.ts";
import { MONTH_WORDS } from "./month-names.ts";
import { readDate, readMoment } from "./read-date.ts";

function codeOf(text: string, form?: DateForm): string {
  try {
    return readDate(text, form).day;
  } catch (error) {
    if (error instanceof MoneyError) return error.code;
    throw error;
  }
}

describe("dates that are refused", () => {
  it.each([
    "2026-01-05junk",
    "junk2026-01-05",
    "2026-01/05",
    "05.10/2026",
    "05-Oct/2026",
    "0026-02-03",
    "0026-02-03T10:00:00Z",
    "1899-12-31",
    "2200-01-01",
    "2026-02-30",
    "29.02.2027",
    "2026-13-01",
    "46300",
    "5 Foo 2026",
    "2026",
    "",
    "2026-10-0510:00",
    "2026-1005",
    "1".repeat(100),
  ])("%j is no day", (text) => {
    expect(codeOf(text)).toBe("time.unreadable-day");
  });

  it.each([
    ["03/04/2026", "2026-04-03 as dd/mm/yyyy, 2026-03-04 as mm/dd/yyyy"],
    ["10-05-2026", "2026-05-10 as dd-mm-yyyy, 2026-10-05 as mm-dd-yyyy"],
    ["05.10.26", "2026-10-05 as dd.mm.yy, 2005-10-26 as yy.mm.dd"],
    ["261005", "2026-10-05 as yymmdd"],
    ["05102026", "2026-10-05 as ddmmyyyy, 2026-05-10 as mmddyyyy"],
    ["31/12/26 10:00", "2026-12-31 as dd/mm/yy"],
  ])("%j has two readings: %s", (text, readings) => {
    expect(() => readDate(text)).toThrow(readings);
    expect(() => readDate(text)).toThrow("--date-format");
    expect(codeOf(text)).toBe("time.ambiguous-day");
  });

  it.each([
    "2026-10-05 25:00",
    "2026-10-05 10:60",
    "2026-10-05 13 PM",
    "2026-10-05 0:30 AM",
    "2026-10-05T10:00:00 +1500",
    "2026-10-05 10:00 BST",
    "2026-10-05 10:00 CST",
    "2026-10-05 24.30",
    "2026-10-05 午後13時5分",
    "20261005243000",
  ])("%j has no time of day", (text) => expect(codeOf(text)).toBe("time.unreadable-time"));

  it("names the form that would read a day where another is declared", () => {
    expect(() => readDate("10/13/2026", "dd.mm.yyyy")).toThrow("with --date-format mm/dd/yyyy it is 2026-10-13");
    expect(codeOf("13/10/2026", "mm/dd/yyyy")).toBe("time.unreadable-day");
  });
});

describe("dates that are read", () => {
  it.each<[string, DateForm?]>([
    ["2026-10-05"],
    ["2026/10/5"],
    ["2026.10.05"],
    ["20261005"],
    ["05.10.2026"],
    ["5.10.2026"],
    ["05 Oct 2026"],
    ["05-Oct-2026"],
    ["05-OCT-26"],
    ["5. Okt. 2026"],
    ["5 octobre 2026"],
    ["5 ottobre 2026"],
    ["5 de octubre de 2026"],
    ["5 oktober 2026"],
    ["5 10月 2026"],
    ["Oct 5, 2026"],
    ["October 5 2026"],
    ["Mon, 5 Oct 2026"],
    ["2026年10月5日"],
    ["２０２６/１０/０５"],
    ["05/10/2026", "dd/mm/yyyy"],
    ["10/05/2026", "mm/dd/yyyy"],
    ["05-10-2026", "dd-mm-yyyy"],
    ["05.10.26", "dd.mm.yy"],
    ["10/5/26", "mm/dd/yy"],
    ["26/10/05", "yy/mm/dd"],
    ["261005", "yymmdd"],
    ["2026-10-05", "dd.mm.yyyy"],
  ])("%j %s", (text, form) => {
    expect(readDate(text, form).day).toBe("2026-10-05");
  });

  it("reads one reading that only one form gives", () => {
    expect(codeOf("13/04/2026")).toBe("2026-04-13");
    expect(codeOf("04/13/2026")).toBe("2026-04-13");
    expect(codeOf("05/05/2026")).toBe("2026-05-05");
  });

  it("reads the point behind a Hungarian or Croatian day, and no other", () => {
    for (const text of [
      "2026.10.05.",
      "2026.10.05. 10:33",
      "05.10.2026.",
      "2026. 10. 05.",
      "5. 10. 2026",
      "5. 10. 2026 8:05",
    ])
      expect(codeOf(text), text).toBe("2026-10-05");
    for (const text of ["2026.10.05..", "2026-10-05.", "5.  10. 2026", "5. 10/2026"])
      expect(codeOf(text), text).toBe("time.unreadable-day");
  });

  it.each([
    "Mo., 05.10.2026",
    "lundi 5 octobre 2026",
    "lun. 5 oct. 2026",
    "mar. 5 octobre 2026",
    "Maandag 05-10-2026 8:05",
    "'2026-10-05",
    "'2026-10-05'",
    "\u200e2026-10-05",
    "2026-Oct-05",
    "2026. október 5.",
    "05 Oct '26",
    "2026년 10월 5일",
    "20261005233000",
    "2026-10-05-23.30.00.123456",
  ])("%j is a day", (text) =>
    expect(codeOf(text, text.startsWith("Maandag") ? "dd-mm-yyyy" : undefined)).toBe("2026-10-05"),
  );

  it("takes no month for a weekday", () => {
    expect(codeOf("mar 5 2026")).toBe("2026-03-05");
    expect(codeOf("Mar 5, 2026")).toBe("2026-03-05");
    expect(codeOf("xyz 5 octobre 2026")).toBe("time.unreadable-day");
  });

  it.each([
    ["2026-10-05 10:33:02 -0500", Date.UTC(2026, 9, 5, 15, 33, 2)],
    ["2026-10-05T22:10:00+02:00", Date.UTC(2026, 9, 5, 20, 10)],
    ["2026-10-05T22:10:00.123Z", Date.UTC(2026, 9, 5, 22, 10, 0, 123)],
    ["20261005T101112Z", Date.UTC(2026, 9, 5, 10, 11, 12)],
    ["2026-10-05 10:00 UTC", Date.UTC(2026, 9, 5, 10)],
    ["Oct 5, 2026 8:00:00\u202fPM", Date.UTC(2026, 9, 5, 20)],
    ["Oct 5, 2026, 12:05 AM", Date.UTC(2026, 9, 5, 0, 5)],
    ["2026年10月5日 10時5分", Date.UTC(2026, 9, 5, 10, 5)],
    ["05.10.2026 um 10:00", Date.UTC(2026, 9, 5, 10)],
    ["05.10.2026, 10:00 Uhr", Date.UTC(2026, 9, 5, 10)],
    ["5.10.2026 klo 8.05", Date.UTC(2026, 9, 5, 8, 5)],
    ["05.10.2026 23.30.10", Date.UTC(2026, 9, 5, 23, 30, 10)],
    ["13/10/2026 8h05", Date.UTC(2026, 9, 13, 8, 5)],
    ["13/10/2026-23:30:00", Date.UTC(2026, 9, 13, 23, 30)],
    ["20261005233001", Date.UTC(2026, 9, 5, 23, 30, 1)],
    ["2026-10-05-23.30.00.123456", Date.UTC(2026, 9, 5, 23, 30, 0, 123)],
    ["2026年10月5日 午後3時33分", Date.UTC(2026, 9, 5, 15, 33)],
    ["2026년 10월 5일 오전 12:05", Date.UTC(2026, 9, 5, 0, 5)],
    ["2026-10-05 10:00 CEST", Date.UTC(2026, 9, 5, 8)],
    ["Oct 5, 2026 11:30 PM EST", Date.UTC(2026, 9, 6, 4, 30)],
    ["2026-10-05 17:33:02 GMT+2", Date.UTC(2026, 9, 5, 15, 33, 2)],
    ["2026-10-05T08:33:02-07:00[America/Los_Angeles]", Date.UTC(2026, 9, 5, 15, 33, 2)],
    ["Mon Oct 05 2026 08:33:02 GMT-0700 (Pacific Daylight Time)", Date.UTC(2026, 9, 5, 15, 33, 2)],
    ["2026-10-05", Date.UTC(2026, 9, 5)],
  ])("%j is a moment", (text, moment) => {
    expect(readMoment(text)).toBe(moment);
  });

  it("takes an offset where the text has none", () => {
    expect(readMoment("2026-10-05 10:00", { offset: "+02:00" })).toBe(Date.UTC(2026, 9, 5, 8));
    expect(readMoment("2026-10-05 10:00Z", { offset: "+02:00" })).toBe(Date.UTC(2026, 9, 5, 10));
    expect(() => readMoment("2026-10-05", { offset: "Berlin" })).toThrow("+01:00");
  });

  it("knows no word that is two months", () => {
    const months = new Map<string, Set<number>>();
    for (const [name, month] of MONTH_WORDS) months.set(name, (months.get(name) ?? new Set()).add(month));
    expect([...months].filter(([, numbers]) => numbers.size > 1)).toEqual([]);
  });

  it("reads every name of a month in many languages as one month", () => {
    const languages = [
      "en",
      "de",
      "fr",
      "it",
      "es",
      "nl",
      "pt",
      "pl",
      "cs",
      "sk",
      "sv",
      "da",
      "nb",
      "fi",
      "hu",
      "ro",
      "tr",
    ];
    for (const language of languages) {
      for (const width of ["long", "short"] as const) {
        const names = new Intl.DateTimeFormat(language, { month: width, timeZone: "UTC" });
        for (let month = 0; month < 12; month += 1) {
          const name = names.format(Date.UTC(2026, month, 1));
          const text = `5 ${name} 2026`;
          expect(codeOf(text), text).toBe(`2026-${String(month + 1).padStart(2, "0")}-05`);
        }
      }
    }
  });
});

describe("every day", () => {
  const gregorian = DATE_FORMS.filter((form) => !/g|令/.test(form));
  const days = fc.integer({ min: 0, max: 36_523 }).map((count) => new Date(Date.UTC(2000, 0, 1 + count)));
  const written = (date: Date, form: DateForm): string => {
    const [year = "", month = "", day = ""] = date.toISOString().slice(0, 10).split("-");
    const name = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" }).format(date);
    return form
      .replace("mmm", "#")
      .replace("yyyy", year)
      .replace("yy", year.slice(2))
      .replace("mm", month)
      .replace("dd", day)
      .replace("#", name);
  };

  it("reads back in each form that is declared", () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...gregorian), (date, form) => {
        expect(readDate(written(date, form), form).day).toBe(date.toISOString().slice(0, 10));
      }),
    );
  });

  it("is read undeclared only where no form reads another day", () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...gregorian), (date, form) => {
        const text = written(date, form);
        const undeclared = codeOf(text);
        if (undeclared.startsWith("time.")) expect(undeclared).toBe("time.ambiguous-day");
        else expect(undeclared).toBe(date.toISOString().slice(0, 10));
      }),
      { numRuns: 3000 },
    );
  });
});

it("says what a spreadsheet's count of days is", () => {
  expect(() => readDate("46300")).toThrow("a spreadsheet counts days");
});

describe("years of Japanese eras", () => {
  it.each([
    ["R8.10.5", "2026-10-05"],
    ["R08/10/05", "2026-10-05"],
    ["R.8.10.5", "2026-10-05"],
    ["r8-10-5", "2026-10-05"],
    ["Ｒ８．１０．５", "2026-10-05"],
    ["令和8年10月5日", "2026-10-05"],
    ["令和８年１０月５日", "2026-10-05"],
    ["令和 8年 10月 5日", "2026-10-05"],
    ["令和8年10月5日(月)", "2026-10-05"],
    ["令和元年5月1日", "2019-05-01"],
    ["㋿8年10月5日", "2026-10-05"],
    ["H31.4.30", "2019-04-30"],
    ["平成元年1月8日", "1989-01-08"],
    ["S64.1.7", "1989-01-07"],
    ["令和8年10月5日 13時05分", "2026-10-05"],
  ])("%s is %s", (text, day) => {
    expect(readDate(text).day).toBe(day);
    expect(readDate(text, "yyyy/mm/dd").day).toBe(day);
  });

  it.each(["H31.5.1", "R1.4.30", "S64.1.8", "R0.1.1", "R8.2.30", "R8.10/5", "X8.10.5", "R8.13.1"])(
    "%s contradicts itself, or is none",
    (text) => {
      expect(codeOf(text)).toBe("time.unreadable-day");
    },
  );

  it.each(["08-10-05", "8.10.5", "08/10/05", "081005", "8年10月5日"])("%s needs the form to be said", (text) => {
    expect(codeOf(text)).toMatch(/^time\.(?:ambiguous|unreadable)-day$/);
    expect(readDate(text, "令和yy.mm.dd").day).toBe("2026-10-05");
  });

  it("is read as the Japanese calendar of the runtime writes it", () => {
    const days = fc.integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: 47_481 }).map((day) => day * 86_400_000);
    const written = (["long", "narrow"] as const).map(
      (era) =>
        new Intl.DateTimeFormat("ja-JP-u-ca-japanese", {
          era,
          year: "numeric",
          month: era === "long" ? "long" : "numeric",
          day: "numeric",
          timeZone: "UTC",
        }),
    );
    fc.assert(
      fc.property(days, (day) => {
        for (const form of written)
          expect(codeOf(form.format(day)), form.format(day)).toBe(new Date(day).toISOString().slice(0, 10));
      }),
      { numRuns: 2000 },
    );
  });
});
