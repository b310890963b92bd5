import fc from "fast-check";
import { expect, it } from "vitest";
import { MomentReader } from "./moment-reader.ts";
import { readMoment } from "./read-date.ts";

type Options = ConstructorParameters<typeof MomentReader>[0];

/** What a reader makes of a text: a moment, or why it makes none. */
function outcome(read: () => number): number | string {
  try {
    return read();
  } catch (error) {
    return String(error);
  }
}

const two = (most: number) => fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(2, "0"));

/** Days of few values, so that they come again; some no calendar has, some with two readings. */
const day = fc.oneof(
  fc.constantFrom("2026-01-31", "2026-02-28", "2026-02-30", "05.10.2026", "13/04/2026", "03/04/2026", "2026/01/05"),
  fc.tuple(fc.constantFrom("2024", "1899", "0000"), two(13), two(32)).map((parts) => parts.join("-")),
);
const time = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(two(25), two(60), two(60)).map((parts) => parts.join(":")) },
  fc.constantFrom("", "1:05", "10:33", "24:00:00", "10.33.02", "1 0:00:0"),
);
const sign = fc.constantFrom("T", " ", ", ", "t", "");
const zone = fc.constantFrom(
  "",
  "Z",
  " UTC",
  "+01:00",
  " -0500",
  ".123",
  ".5Z",
  " PM",
  " am",
  " PM +01:00",
  "x",
  " +15:00",
);

const text = fc.tuple(day, sign, time, zone).map((parts) => parts.join(""));

it.each<[string, Options]>([
  ["as it stands", {}],
  ["in a zone", { offset: "+09:00" }],
  ["in a form", { form: "dd/mm/yyyy" }],
])("reads a file %s row by row as the reader without memory does", (_how, options) => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
      const reader = new MomentReader(options);
      for (const one of texts) {
        expect([one, outcome(() => reader.read(one))]).toEqual([one, outcome(() => readMoment(one, options))]);
      }
    }),
    { numRuns: 1000 },
  );
});

it("is not led astray by what it remembers: PM, fractions, days that no calendar has", () => {
  const reader = new MomentReader();
  const texts = [
    "2026-01-31T10:00:00Z",
    "2026-01-31T10:00:00 PM",
    "2026-01-31T11:59:59 PM",
    "2026-01-31T00:00:00 PM",
    "2026-01-31T10:00:00.250Z",
    "2026-01-31T23:59:59.999Z",
    "2026-02-30T10:00:00Z",
    "2026-02-30T11:00:00Z",
  ];
  for (const one of [...texts, ...texts]) {
    expect([one, outcome(() => reader.read(one))]).toEqual([one, outcome(() => readMoment(one))]);
  }
});

it("does not read days of both orders in one file, where no form is named", () => {
  const reader = new MomentReader();
  expect(reader.read("05/05/2026")).toBe(Date.UTC(2026, 4, 5));
  expect(reader.read("25/10/2026 10:00:00")).toBe(Date.UTC(2026, 9, 25, 10));
  expect(() => reader.read("10/26/2026 10:00:00")).toThrow(
    '"25/10/2026 10:00:00" in the same file as dd/mm/yyyy: say which',
  );
  expect(reader.read("2026-10-26")).toBe(Date.UTC(2026, 9, 26));
  expect(reader.read("5/5/2026")).toBe(Date.UTC(2026, 4, 5));
});
