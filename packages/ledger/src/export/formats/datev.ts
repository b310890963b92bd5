import { formatAmount, formatMillis } from "@amazon-pay-kit/money";
import { ExportError } from "../errors.ts";
import type { ExportFormat, ExportJob } from "../format.ts";
import { accountMap, accountName, GERMAN_ACCOUNTS } from "../journal/accounts.ts";
import type { RoleAccounts } from "../journal/account-role.ts";
import { journalEntries, onlyCurrency } from "../journal/entries.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { DATEV_COLUMNS } from "./datev-columns.ts";
import { hashesOf, linesOf } from "../journal/sources.ts";
import { oneLine } from "./plain-text.ts";

const COLUMN = new Map(DATEV_COLUMNS.map((name, index) => [name, index]));

/** What the bytes 0x80 to 0x9F stand for in Windows-1252; five of them for nothing. */
const WINDOWS_1252 =
  "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

/**
 * Windows-1252, which DATEV expects. A letter that it lacks loses its accent (`\u0107` becomes `c`); what is no letter with an accent
 * becomes a question mark.
 */
function ansi(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const letter of text.normalize("NFC"))
    bytes.push(byteOf(letter) ?? byteOf(letter.normalize("NFD").slice(0, 1)) ?? 0x3f);
  return Uint8Array.from(bytes);
}

function byteOf(letter: string): number | undefined {
  const code = letter.codePointAt(0) ?? 0x3f;
  if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
  const index = WINDOWS_1252.indexOf(letter);
  return index === -1 ? undefined : 0x80 + index;
}

/** A text field: in quotes, cut to its length. */
function quoted(text: string, length: number): string {
  return `"${oneLine(text).slice(0, length).replaceAll('"', '""')}"`;
}

/** `20260131` */
function plainDay(day: string): string {
  return day.replaceAll("-", "");
}

/** First day of the fiscal year that a day is in. */
function fiscalYearOf(day: string, start: string): string {
  const year = Number(day.slice(0, 4));
  return `${day.slice(5) < start ? year - 1 : year}-${start}`;
}

interface Settings {
  readonly consultant: number;
  readonly client: number;
  readonly chart: "skr03" | "skr04";
  readonly accountDigits: number;
  readonly fiscalYearStart: string;
}

function settingsOf({ settings: { datev = {} } }: ExportJob): Settings {
  const settings = {
    consultant: datev.consultant ?? 1001,
    client: datev.client ?? 1,
    chart: datev.chart ?? "skr03",
    accountDigits: datev.accountDigits ?? 4,
    fiscalYearStart: datev.fiscalYearStart ?? "01-01",
  };
  if (!/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(settings.fiscalYearStart)) {
    throw new ExportError(
      "export.setting",
      `fiscalYearStart ${settings.fiscalYearStart}: expected MM-DD, such as 01-01`,
    );
  }
  if (!Number.isInteger(settings.accountDigits) || settings.accountDigits < 4 || settings.accountDigits > 8) {
    throw new ExportError("export.setting", `accountDigits ${settings.accountDigits}: DATEV has 4 to 8`);
  }
  return settings;
}

/** What a batch is about: its days in order, the first day of its fiscal year, its currency. */
interface Batch {
  readonly days: readonly string[];
  readonly year: string;
  readonly currency: string;
}

/** Lines of one batch; DATEV refuses longer ones. */
const MOST_LINES = 99_999;

/** The standard accounts have four digits; where the client has more, DATEV fills them up with zeros. */
function chartOf({ chart, accountDigits }: Settings): RoleAccounts {
  const widened = Object.entries(GERMAN_ACCOUNTS[chart]).map(([role, account]) => [
    role,
    account.padEnd(accountDigits, "0"),
  ]);
  return Object.fromEntries(widened) as unknown as RoleAccounts;
}

/** Looks through the entries once before anything is written: the first line speaks of all of them. */
async function batchOf(job: ExportJob, settings: Settings): Promise<Batch> {
  const currency = (await onlyCurrency(job.books, "DATEV")) ?? "EUR";
  const days = new Set<string>();
  let lines = 0;
  for await (const entry of journalEntries(job.books, job.detail)) {
    days.add(entry.day);
    lines += entry.postings.filter(({ role }) => role !== "clearing").length;
  }
  const sorted = [...days].sort();
  const years = new Set(sorted.map((day) => fiscalYearOf(day, settings.fiscalYearStart)));
  if (years.size > 1) {
    throw new ExportError(
      "export.several-years",
      `the entries are of ${years.size} fiscal years (beginning ${[...years].join(", ")}), and a DATEV file has one: export each with a from and a to`,
    );
  }
  if (lines > MOST_LINES) {
    throw new ExportError(
      "export.too-large",
      `${lines} lines, and a DATEV file has at most ${MOST_LINES}: export shorter spans with a from and a to, or an entry a settlement`,
    );
  }
  const [year = fiscalYearOf(job.books.calendar.dayOf(job.now), settings.fiscalYearStart)] = years;
  return { days: sorted, year, currency };
}

/** The first line: what the batch is, of whom and for which days. */
function head(settings: Settings, job: ExportJob, batch: Batch): string {
  const { days, year, currency } = batch;
  const made = formatMillis(job.now).replaceAll(/[^0-9]/g, "");
  const fields = [
    '"EXTF"',
    "700",
    "21",
    '"Buchungsstapel"',
    "13",
    made,
    "",
    '"AP"',
    '""',
    '""',
    String(settings.consultant),
    String(settings.client),
    plainDay(year),
    String(settings.accountDigits),
    plainDay(days[0] ?? year),
    plainDay(days.at(-1) ?? year),
    '"Amazon Pay"',
    '""',
    "1",
    "0",
    "0",
    `"${currency}"`,
    "",
    '""',
    "",
    "",
    `"${settings.chart.slice(3)}"`,
    "",
    "",
    '""',
    '""',
  ];
  return `${fields.join(";")}\r\n`;
}

/** Every posting beside the one on the clearing account is a line of its own against it. */
function linesFor(entry: JournalEntry, account: (role: JournalEntry["postings"][number]["role"]) => string): string {
  const { day } = entry;
  let text = "";
  for (const { role, minor } of entry.postings) {
    if (role === "clearing") continue;
    const cells = DATEV_COLUMNS.map(() => "");
    const set = (name: string, value: string): void => {
      cells[COLUMN.get(name) ?? -1] = value;
    };
    const size = minor < 0n ? -minor : minor;
    set("Umsatz (ohne Soll/Haben-Kz)", formatAmount(size, entry.currency).replace(".", ","));
    set("Soll/Haben-Kennzeichen", minor > 0n ? '"H"' : '"S"');
    set("WKZ Umsatz", `"${entry.currency}"`);
    set("Konto", account("clearing"));
    set("Gegenkonto (ohne BU-Schlüssel)", account(role));
    set("Belegdatum", `${day.slice(8)}${day.slice(5, 7)}`);
    set("Belegfeld 1", quoted(entry.orderId ?? entry.number, 36));
    set("Buchungstext", quoted(`${entry.description} ${role}`, 60));
    set("Beleginfo - Art 1", '"Bericht SHA-256"');
    set("Beleginfo - Inhalt 1", quoted(hashesOf(entry), 210));
    set("Beleginfo - Art 2", '"Berichtszeilen"');
    set("Beleginfo - Inhalt 2", quoted(linesOf(entry), 210));
    if (entry.orderId !== null) set("Auftragsnummer", quoted(entry.orderId, 30));
    text += `${cells.join(";")}\r\n`;
  }
  return text;
}

/**
 * DATEV "Buchungsstapel", EXTF version 700: Windows-1252, decimal comma, day and month of the voucher, sums without sign.
 * One file has the entries of one fiscal year and one currency.
 */
export const datevFormat: ExportFormat = {
  name: "datev",
  title: "DATEV Buchungsstapel (EXTF 700)",
  extension: "csv",
  carries: ["journal"],
  async *stream(job) {
    const settings = settingsOf(job);
    // Accounts of persons have one digit more than the others.
    const form = {
      pattern: new RegExp(`^\\d{1,${settings.accountDigits + 1}}$`),
      words: `an account number of at most ${settings.accountDigits + 1} digits`,
    };
    const accounts = accountMap(chartOf(settings), job.settings, form);
    const batch = await batchOf(job, settings);
    yield ansi(head(settings, job, batch));
    yield ansi(`${DATEV_COLUMNS.join(";")}\r\n`);
    let count = 0;
    for await (const entry of journalEntries(job.books, job.detail)) {
      yield ansi(linesFor(entry, (role) => accountName(accounts, role, entry.accountId)));
      job.onProgress((count += 1));
    }
  },
};
