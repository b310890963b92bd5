import { formatMillis } from "@amazon-pay-kit/money";
import { ExportError } from "../errors.ts";
import { type ExportFormat, type ExportJob, NEXT_FILE } from "../format.ts";
import { GERMAN_ACCOUNTS } from "../journal/accounts.ts";
import type { RoleAccounts } from "../journal/account-role.ts";
import { Chart } from "../journal/chart.ts";
import { onlyCurrency } from "../journal/entries.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { linesOf } from "../journal/sources.ts";
import { DatevAmounts } from "./datev-amounts.ts";
import { DATEV_COLUMNS } from "./datev-columns.ts";
import { ansi, belegfeld, bookingText, fitted, quoted } from "./datev-text.ts";
import { splitFiles } from "./split-files.ts";

const COLUMN = new Map(DATEV_COLUMNS.map((name, index) => [name, index]));

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
  const whole = (name: "consultant" | "client" | "accountDigits", least: number, most: number): void => {
    const value = settings[name];
    if (Number.isInteger(value) && value >= least && value <= most) return;
    throw new ExportError("export.setting", `export.datev.${name} ${value}: DATEV has ${least} to ${most}`);
  };
  whole("consultant", 1001, 9_999_999);
  whole("client", 1, 99_999);
  whole("accountDigits", 4, 8);
  if (!/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(settings.fiscalYearStart)) {
    throw new ExportError(
      "export.setting",
      `export.datev.fiscalYearStart ${settings.fiscalYearStart}: expected MM-DD, such as 01-01`,
    );
  }
  return settings;
}

/**
 * The currency of the client's books. Where the settings name neither it nor rates, the entries have one currency, and the books
 * are kept in it.
 */
async function amountsOf({ books, journal, settings: { datev = {} } }: ExportJob): Promise<DatevAmounts> {
  const { currency, rates } = datev;
  if (currency === undefined && rates === undefined)
    return new DatevAmounts((await onlyCurrency(books, "DATEV", journal)) ?? "EUR", []);
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) {
    throw new ExportError(
      "export.setting",
      `export.datev.currency: ${JSON.stringify(currency)} is no currency such as EUR`,
    );
  }
  return new DatevAmounts(currency ?? "EUR", rates ?? []);
}

/** What a batch, which is a file, is about: its first and last day, and the first day of its fiscal year. */
interface Batch {
  readonly first: string;
  readonly last: string;
  readonly year: string;
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

/** A line of the file: an account with its counter account, and which of them gets the money. */
interface DatevLine {
  readonly account: string;
  readonly against: string;
  readonly taxCode: string | null;
  readonly costCentre: string | null;
  readonly costUnit: string | null;
  /** Above zero where {@link account} is debited. */
  readonly minor: bigint;
  readonly role: string;
}

/** Every posting beside the one on the clearing account is a line against it; an entry of two other accounts is one line. */
function linesIn(chart: Chart, entry: JournalEntry): readonly DatevLine[] {
  const lines = chart.lines(entry);
  const [one, other] = lines;
  const clears = entry.postings.some(({ role }) => role === "clearing");
  if (!clears && lines.length === 2 && one !== undefined && other !== undefined) {
    const { role, taxCode, account: against } = one;
    const costCentre = one.costCentre ?? other.costCentre;
    const costUnit = one.costUnit ?? other.costUnit;
    return [{ account: other.account, against, taxCode, costCentre, costUnit, minor: other.minor, role }];
  }
  const account = chart.placeOf({ role: "clearing" }, entry.accountId).account;
  return lines
    .filter(({ role }) => role !== "clearing")
    .map(({ account: against, minor, ...line }) => ({ ...line, account, against, minor: -minor }));
}

function limitOf(chart: Chart) {
  return { program: "DATEV", most: MOST_LINES, linesOf: (entry: JournalEntry) => linesIn(chart, entry).length };
}

/** Looks through the entries once before anything is written: the first line of each file speaks of all of its lines. */
async function batchesOf(job: ExportJob, settings: Settings, chart: Chart): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  const years = new Set<string>();
  let [first, last] = ["", ""];
  const finish = (): void => {
    const today = job.books.calendar.dayOf(job.now);
    if (first === "") [first, last] = [today, today];
    batches.push({ first, last, year: fiscalYearOf(first, settings.fiscalYearStart) });
    [first, last] = ["", ""];
  };
  for await (const entry of splitFiles(job, limitOf(chart))) {
    if (entry === NEXT_FILE) {
      finish();
      continue;
    }
    const { day } = entry;
    years.add(fiscalYearOf(day, settings.fiscalYearStart));
    if (first === "" || day < first) first = day;
    if (day > last) last = day;
  }
  finish();
  if (years.size > 1) {
    throw new ExportError(
      "export.several-years",
      `the entries are of ${years.size} fiscal years (beginning ${[...years].sort().join(", ")}), and a DATEV file has one: export each with a from and a to`,
    );
  }
  return batches;
}

/** The first line: what the batch is, of whom and for which days. */
function head(settings: Settings, job: ExportJob, { first, last, year }: Batch, currency: string): string {
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
    plainDay(first),
    plainDay(last),
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

function textOf(chart: Chart, amounts: DatevAmounts, entry: JournalEntry): string {
  const { day, currency, orderId } = entry;
  const sources = entry.sources.map(({ fileHash }) => fileHash).filter((hash) => hash !== "");
  let text = "";
  for (const { account, against, taxCode, costCentre, costUnit, minor, role } of linesIn(chart, entry)) {
    const cells = DATEV_COLUMNS.map(() => "");
    const set = (name: string, value: string): void => {
      cells[COLUMN.get(name) ?? -1] = value;
    };
    const sum = amounts.of(minor < 0n ? -minor : minor, currency, day);
    set("Umsatz (ohne Soll/Haben-Kz)", sum.amount);
    set("Soll/Haben-Kennzeichen", minor > 0n ? '"S"' : '"H"');
    set("WKZ Umsatz", sum.currency);
    set("Kurs", sum.rate);
    set("Basis-Umsatz", sum.base);
    set("WKZ Basis-Umsatz", sum.baseCurrency);
    set("Konto", account);
    set("Gegenkonto (ohne BU-Schlüssel)", against);
    if (taxCode !== null) set("BU-Schlüssel", `"${taxCode.padStart(4, "0")}"`);
    set("Belegdatum", `${day.slice(8)}${day.slice(5, 7)}`);
    set("Belegfeld 1", belegfeld(orderId ?? entry.number));
    set("Buchungstext", bookingText(entry.description, role));
    if (sources.length > 0) {
      set("Beleginfo - Art 1", '"Bericht SHA-256"');
      set("Beleginfo - Inhalt 1", fitted([...new Set(sources)], 210));
      set("Beleginfo - Art 2", '"Berichtszeilen"');
      set("Beleginfo - Inhalt 2", fitted(linesOf(entry).split(", "), 210));
    }
    if (orderId !== null) {
      set("Beleginfo - Art 3", '"Bestellnummer"');
      set("Beleginfo - Inhalt 3", quoted(orderId, 210));
      set("Auftragsnummer", quoted(orderId, 30));
    }
    if (costCentre !== null) set("KOST1 - Kostenstelle", quoted(costCentre, 36));
    if (costUnit !== null) set("KOST2 - Kostenstelle", quoted(costUnit, 36));
    // Left empty, an import would make the whole batch final.
    set("Festschreibung", "0");
    text += `${cells.join(";")}\r\n`;
  }
  return text;
}

/**
 * DATEV "Buchungsstapel", EXTF version 700: Windows-1252, decimal comma, day and month of the voucher, sums without sign.
 * One file has the entries of one fiscal year. What is in another currency than the client's books has its rate and what it
 * comes to.
 */
export const datevFormat: ExportFormat = {
  name: "datev",
  title: "DATEV Buchungsstapel (EXTF 700)",
  extension: "csv",
  carries: ["journal"],
  async *stream(job) {
    const settings = settingsOf(job);
    const chart = new Chart(chartOf(settings), job.settings, "datev", {
      // Accounts of persons have one digit more than the others.
      pattern: new RegExp(`^(?!0+$)\\d{1,${settings.accountDigits + 1}}$`),
      words: `an account number of at most ${settings.accountDigits + 1} digits`,
      taxFromCode: true,
      taxCode: { pattern: /^\d{1,4}$/, words: "a BU key of one to four digits" },
      cost: {
        pattern: /^[\wÄÖÜäöüß](?:[\wÄÖÜäöüß .+\-/]{0,34}[\wÄÖÜäöüß])?$/,
        words: "at most 36 letters and digits, with blanks and .+-/_ between them",
      },
    });
    const amounts = await amountsOf(job);
    const batches = await batchesOf(job, settings, chart);
    let file = 0;
    const begin = (): Uint8Array => {
      const batch = batches[file];
      file += 1;
      if (batch === undefined) throw new TypeError("the journal has changed while it was written: export it again");
      return ansi(`${head(settings, job, batch, amounts.baseCurrency)}${DATEV_COLUMNS.join(";")}\r\n`);
    };
    yield begin();
    let count = 0;
    for await (const entry of splitFiles(job, limitOf(chart))) {
      if (entry === NEXT_FILE) {
        yield NEXT_FILE;
        yield begin();
        continue;
      }
      yield ansi(textOf(chart, amounts, entry));
      job.onProgress((count += 1));
    }
  },
};
