import { decodedText } from "@amazon-pay-kit/tabular";
import { type Fault } from "./faults.ts";
import { RECORD_MEMBERS } from "./record.ts";
import { readRow, type RowReading, type RowRules } from "./read-row.ts";

/** A line longer than this is no record. */
const LONGEST_LINE = 1024 * 1024;

async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of texts) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    // The beginning is enough to say that the line is none.
    if (rest.length > LONGEST_LINE) rest = rest.slice(0, LONGEST_LINE);
  }
  yield rest;
}

/** Reads one object a line (NDJSON) with the members of a record. */
export async function* readObjects(
  source: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
  rules: RowRules,
): AsyncGenerator<{ readonly line: number; readonly reading: RowReading }> {
  let line = 0;
  for await (const text of linesOf(decodedText(source, { encoding }))) {
    line += 1;
    if (text.trim() === "") continue;
    const fault = (message: string): RowReading => ({
      faults: [{ code: "record.unreadable", message } satisfies Fault],
    });
    const object = objectOf(text);
    yield { line, reading: typeof object === "string" ? fault(object) : objectReading(line, object, rules) };
  }
}

function objectOf(text: string): Record<string, unknown> | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "is no JSON object";
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "is no JSON object";
  const given = value as Record<string, unknown>;
  const unknown = Object.keys(given).find((name) => !(RECORD_MEMBERS as readonly string[]).includes(name));
  if (unknown !== undefined) return `has the member ${unknown}, which is none of ${RECORD_MEMBERS.join(", ")}`;
  if (typeof given["amount"] === "number") return 'amount is a number: write it as text, such as "10.50"';
  const other = Object.entries(given).find(([, held]) => held !== null && typeof held !== "string");
  return other === undefined ? given : `${other[0]} is no text`;
}

function objectReading(line: number, object: Record<string, unknown>, rules: RowRules): RowReading {
  return readRow(
    line,
    (member) => {
      const text = object[member];
      return typeof text === "string" && text.trim() !== "" ? text.trim() : null;
    },
    rules,
  );
}
