import { describe, expect, it } from "vitest";
import { inPieces, latin1 } from "../conformance/collect.ts";
import { PREAMBLE_LINES, rowText, settlementText } from "../conformance/settlement-text.ts";
import type { ReportEvent } from "../events.ts";
import type { ReadReportOptions } from "../options.ts";
import { readReport } from "./read-report.ts";

async function eventsOf(text: string, options?: ReadReportOptions): Promise<ReportEvent[]> {
  const events: ReportEvent[] = [];
  for await (const event of readReport(latin1(text), options)) events.push(event);
  return events;
}

const told = (events: readonly ReportEvent[]): unknown[] =>
  events.map((event) => ("line" in event ? `${event.type} ${event.line}` : event.type));

describe("events", () => {
  it("come in the order of the file, whatever they are", async () => {
    const text = settlementText([
      "bad",
      rowText(),
      rowText({ TransactionType: "Bonus" }),
      "bad",
      "bad",
      rowText(),
      "bad",
    ]);
    for (const blockBytes of [1, 300, 100_000]) {
      expect(told(await eventsOf(text, { blockBytes }))).toEqual([
        "header 6",
        "error 7",
        "row 8",
        "notice 9",
        "row 9",
        "error 10",
        "error 11",
        "row 12",
        "error 13",
        "summary",
      ]);
    }
  });

  it("stop when the reader does, and the source is let go", async () => {
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield* inPieces(latin1(settlementText([rowText()])), 10);
        for (;;) yield latin1(`${rowText()}\n`);
      } finally {
        closed = true;
      }
    }
    let rows = 0;
    for await (const event of readReport(source(), { blockBytes: 1000 })) {
      if (event.type === "row" && ++rows === 100) break;
    }
    expect(closed).toBe(true);
  });

  it("stop when the signal says so", async () => {
    const controller = new AbortController();
    const reading = async (): Promise<void> => {
      const pieces = inPieces(latin1(settlementText(Array(1000).fill(rowText()))), 5000);
      for await (const event of readReport(pieces, { signal: controller.signal, blockBytes: 5000 })) {
        if (event.type === "row") controller.abort(new Error("enough"));
      }
    };
    await expect(reading()).rejects.toThrow("enough");
  });
});

describe("errors", () => {
  it("call the column names, where they come once more, what they are", async () => {
    const names = settlementText([]).trimEnd().split("\n").at(-1) ?? "";
    const events = await eventsOf(settlementText([rowText(), names.replace(/,$/, ""), rowText()]));
    expect(told(events)).toEqual(["header 6", "row 7", "error 8", "row 9", "summary"]);
    expect(events[2]).toMatchObject({ code: "row.repeated-names" });
  });

  it("give the file up only beyond the limit", async () => {
    const text = settlementText([rowText(), "bad", "bad", rowText()]);
    expect((await eventsOf(text, { errorLimit: 2 })).at(-1)).toMatchObject({ type: "summary", errors: 2 });
    await expect(eventsOf(text, { errorLimit: 1 })).rejects.toMatchObject({ code: "file.too-many-errors", line: 9 });
    await expect(eventsOf(text, { errorLimit: 0 })).rejects.toThrow(/line 8: more than 0 errors/);
  });

  it("are made of limits that are none", () => {
    expect(() => readReport(new Uint8Array(), { errorLimit: -1 })).not.toThrow();
    return Promise.all([
      expect(eventsOf("", { errorLimit: -1 })).rejects.toMatchObject({ code: "read.options" }),
      expect(eventsOf("", { limits: { rowBytes: 0 } })).rejects.toMatchObject({ code: "read.options" }),
    ]);
  });
});

describe("preambles", () => {
  const withPreamble = (change: (lines: string[]) => string[]): string => {
    const [preamble, rest] = [PREAMBLE_LINES.length, settlementText([rowText()]).split("\n")];
    return [...change(rest.slice(0, preamble)), ...rest.slice(preamble)].join("\n");
  };

  it("may have the first line bare, empty cells behind, blank lines and lines nobody knows", async () => {
    const text = withPreamble(([, ...rest]) => [
      "Amazon Payments Advanced,,,",
      "",
      ...rest.map((line) => `${line},,`),
      '"Note","x"',
    ]);
    const [header, ...events] = await eventsOf(text);
    expect(header).toMatchObject({
      report: "settlement",
      sellerId: "A1XX111XXX111XXX",
      line: 8,
      settlementStartDate: Date.UTC(2026, 0, 1, 8),
    });
    expect(told(events)).toEqual(["notice 7", "row 9", "summary"]);
    expect(events[0]).toMatchObject({ code: "preamble.unknown-key" });
    expect(events.at(-1)).toMatchObject({ lines: { total: 9, header: 7, blank: 1, rows: 1, errors: 0 } });
  });

  it("with a value missing or unreadable are errors of their lines, and the rows are as good as ever", async () => {
    const text = withPreamble((lines) => [
      lines[0] ?? "",
      lines[1] ?? "",
      '"SellerId",""',
      '"SettlementStartDate","01.01.2026"',
    ]);
    const events = await eventsOf(text);
    expect(told(events)).toEqual(
      ["header 5", "error 1", "error 3", "error 4", "row 6", "summary"].toSorted((a, b) => order(a) - order(b)),
    );
    expect(events[0]).toMatchObject({ sellerId: null, settlementStartDate: null, settlementEndDate: null });
    expect(events.flatMap((event) => (event.type === "error" ? [event.message] : []))).toEqual([
      "line 1: SettlementEndDate: expected a value in the preamble, found none; fetch the report again",
      "line 3: SellerId: expected a value in the preamble, found none; fetch the report again",
      'line 4: SettlementStartDate: expected a time with its offset that exists, such as 2015-10-01T07:06:47 -0700, found "01.01.2026"; fetch the report again',
    ]);
    expect(events.at(-1)).toMatchObject({ rows: 1, errors: 3 });
  });

  const order = (event: string): number =>
    event.startsWith("header") ? 0 : event === "summary" ? 99 : Number(event.split(" ")[1]);

  it("may be missing, and that is noticed", async () => {
    const text = settlementText([rowText()]).split("\n").slice(5).join("\n");
    const events = await eventsOf(text);
    expect(events[0]).toMatchObject({ type: "header", report: "settlement", sellerId: null, line: 1 });
    expect(events[1]).toMatchObject({ type: "notice", code: "preamble.missing" });
    expect(told(events.slice(2))).toEqual(["row 2", "summary"]);
  });
});
