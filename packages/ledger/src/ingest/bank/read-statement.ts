import type { BankCsv } from "./formats/csv.ts";
import { readBankCsv } from "./formats/csv.ts";
import { readCamt053 } from "./formats/camt053.ts";
import { readMt940 } from "./formats/mt940.ts";
import { peek } from "../imports/peek.ts";
import { csvSource } from "../imports/csv-source.ts";
import { BankError } from "./errors.ts";
import type { GivenLine } from "./statement-line.ts";

/** Formats of bank statements. */
export const BANK_FORMATS = ["csv", "camt053", "mt940"] as const;

/** One of {@link BANK_FORMATS}. */
export type BankFormat = (typeof BANK_FORMATS)[number];

/** How a statement is read. */
export interface StatementReading extends BankCsv {
  /** Default: recognised by its first bytes. */
  readonly format?: BankFormat;
  /** Encoding of the text. Default `utf-8`; German banks also write `windows-1252`. */
  readonly encoding?: string;
}

/** MT940 files are taken into memory as a whole; a bank's are some hundred kilobytes. */
const LARGEST_MT940 = 64 * 1024 * 1024;

function decoderOf(encoding: string) {
  try {
    return new TextDecoder(encoding, { fatal: encoding === "utf-8" });
  } catch {
    throw new BankError("bank.mapping", `there is no encoding ${JSON.stringify(encoding)}: use utf-8 or windows-1252`);
  }
}

async function* decoded(source: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  try {
    for await (const piece of source) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new BankError(
      "bank.unusable-file",
      "the text is not UTF-8: say which encoding it has, for example windows-1252",
    );
  }
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}

async function whole(texts: AsyncIterable<string>): Promise<string> {
  let all = "";
  for await (const text of texts) {
    all += text;
    if (all.length > LARGEST_MT940) throw new BankError("bank.unusable-file", "the MT940 file has more than 64 MiB");
  }
  return all.replace(/^\ufeff/, "");
}

/** What the beginning of a file says about its format. */
function formatOf(text: string): BankFormat {
  if (text.startsWith("<")) return "camt053";
  return /^(\{1:|:\d{2}[A-Z]?:)/.test(text) ? "mt940" : "csv";
}

/** Reads a statement of any format, line by line. @throws BankError when the file is none */
export async function* readStatement(
  source: AsyncIterable<Uint8Array>,
  reading: StatementReading,
): AsyncGenerator<GivenLine> {
  const encoding = (reading.encoding ?? "utf-8").toLowerCase();
  const { head, bytes } = await peek(source);
  const foreign = encoding === "utf-8" ? csvSource(head) : null;
  if (foreign !== null) throw new BankError("bank.unusable-file", foreign);
  const format = reading.format ?? formatOf(String.fromCharCode(...head));
  if (format === "camt053") yield* readCamt053(decoded(bytes, encoding));
  else if (format === "mt940") yield* readMt940(await whole(decoded(bytes, encoding)));
  else yield* readBankCsv(encoding === "utf-8" ? bytes : encoded(decoded(bytes, encoding)), reading);
}
