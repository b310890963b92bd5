/** A settlement file, read in the ways that there are. */
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { parse } from "csv-parse";
import Papa from "papaparse";
import { inferSchema, initParser } from "udsv";
import { readReport, readReportBatches } from "@amazon-pay-kit/reports";
import { serveWorks } from "../serve-works.mjs";

/** Lines before the column names: who, from when until when. */
const PREAMBLE = 5;

/** The text from the column names on; their last comma would make uDSV read rows wrongly, so it is taken away. */
function afterPreamble(text) {
  let at = 0;
  for (let line = 0; line < PREAMBLE; line += 1) at = text.indexOf("\n", at) + 1;
  const end = text.indexOf("\n", at);
  return text.slice(at, end).replace(/,$/, "") + text.slice(end);
}

serveWorks({
  async plain({ path }) {
    let bytes = 0;
    for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024 })) bytes += piece.length;
    return { bytes };
  },

  async kit({ path }) {
    let rows = 0;
    for await (const batch of readReportBatches({ path })) rows += batch.rows.length;
    return { rows };
  },

  async kitEvents({ path }) {
    let rows = 0;
    for await (const event of readReport({ path })) if (event.type === "row") rows += 1;
    return { rows };
  },

  /** In pieces, as its own documentation shows for files; faster than the whole text at once. */
  async udsv({ path }) {
    let rows = 0;
    let parser;
    const count = (row) => {
      if (row.length > 0) rows += 1;
    };
    const decoder = new TextDecoder();
    for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      let text = decoder.decode(piece, { stream: true });
      if (parser === undefined) {
        text = afterPreamble(text);
        parser = initParser(inferSchema(text));
      }
      parser.chunk(text, parser.stringArrs, count);
    }
    parser.end();
    return { rows };
  },

  /** The whole text at once, which is its faster way. */
  async papaparse({ path }) {
    const text = afterPreamble(await readFile(path, "utf8"));
    const { data } = Papa.parse(text, { skipEmptyLines: true });
    return { rows: data.length - 1 };
  },

  async csvParse({ path }) {
    let rows = -1;
    const options = { bom: true, relax_column_count: true, from_line: PREAMBLE + 1, skip_empty_lines: true };
    for await (const record of createReadStream(path, { highWaterMark: 256 * 1024 }).pipe(parse(options))) {
      if (record.length > 0) rows += 1;
    }
    return { rows };
  },

  /** As many bytes as asked for, never more than a piece of them at a time. */
  async stream({ head, body, bytes }) {
    async function* made() {
      yield head;
      for (let sent = head.length; sent < bytes; sent += body.length) yield body;
    }
    let rows = 0;
    let errors = 0;
    for await (const batch of readReportBatches(made())) {
      rows += batch.rows.length;
      errors += batch.errors.length;
    }
    return { rows, errors };
  },
});
