import type { FormatEvent, StatementBalance, StatementLine } from "../../events.ts";
import { Spool } from "../../spool/spool.ts";
import { CamtFault, dayOf, leafAt, signedAmount, sizeOf } from "./amounts.ts";
import type { CamtPart, Leaf } from "./elements.ts";
import { counterpartyOf, referencesOf, wordsOf } from "./text-elements.ts";

type Details = Pick<CamtPart, "line" | "leaves" | "brokenAmount">;

/** Statuses of which an entry is no money yet: it comes again, booked. */
const NOT_BOOKED = new Set(["PDNG", "INFO", "FUTR"]);
const BOOKED = new Set(["BOOK", "BOOKED"]);

/** Longest text of one line; a batch that its details do not add up to has all of theirs. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

const charactersOf = (leaves: readonly Leaf[]): number => leaves.reduce((sum, { text }) => sum + text.length + 40, 0);

/** What an entry's details come to, or null as soon as one of them states no amount in the entry's currency. */
function amountOfDetails(details: Details, currency: string, incoming: boolean): bigint | null {
  const { leaves, brokenAmount } = details;
  const leaf = leafAt(leaves, "Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt");
  if (leaf === undefined) return null;
  if (brokenAmount) throw new CamtFault("line.amount", "an element stands inside an amount (Amt)");
  const mark = leafAt(leaves, "CdtDbtInd")?.text ?? (incoming ? "CRDT" : "DBIT");
  const { minor, currency: own } = sizeOf(leaf, currency);
  return own === currency ? (mark === "CRDT" ? minor : -minor) : null;
}

/** The entry that is being read: its details come before the entry itself is complete. */
export class CamtEntry {
  #details: Spool<Details> = new Spool();
  #count = 0;

  async addDetails(part: CamtPart): Promise<void> {
    const { line, leaves, brokenAmount } = part;
    this.#count++;
    await this.#details.add({ line, leaves, brokenAmount }, charactersOf(leaves));
  }

  /** Details that have come so far. */
  get count(): number {
    return this.#count;
  }

  async discard(): Promise<void> {
    await this.#details.discard();
  }

  /** The lines of the entry, now that it is complete; the next one begins. */
  async *complete(
    part: CamtPart,
    where: { readonly file: string | null; readonly currency: string },
  ): AsyncGenerator<FormatEvent, void, void> {
    const { line } = part;
    const { file } = where;
    const [spool, count] = [this.#details, this.#count];
    this.#details = new Spool();
    this.#count = 0;
    try {
      const status = statusOf(part);
      if (NOT_BOOKED.has(status)) yield { type: "skipped", line, file, reason: status };
      else yield* lines(part, spool, count, where);
    } catch (error) {
      if (!(error instanceof CamtFault)) throw error;
      yield { type: "error", line, file, code: error.code, message: error.message };
    } finally {
      await spool.discard();
    }
  }
}

function statusOf({ leaves, message }: CamtPart): string {
  const status = leafAt(leaves, "Sts/Cd", "Sts/Prtry", "Sts")?.text.toUpperCase();
  // A statement has booked entries only; the other two messages have to say it.
  if (status === undefined && message.format === "camt.053") return "BOOK";
  if (status !== undefined && (NOT_BOOKED.has(status) || BOOKED.has(status))) return status;
  const what = status === undefined ? "there is no status (Sts)" : `unknown status ${JSON.stringify(status)}`;
  throw new CamtFault(
    "line.status",
    `${what}: whether the entry is booked (BOOK) or not (PDNG, INFO, FUTR) cannot be told`,
  );
}

async function* lines(
  part: CamtPart,
  details: Spool<Details>,
  count: number,
  { file, currency }: { readonly file: string | null; readonly currency: string },
): AsyncGenerator<FormatEvent, void, void> {
  const amount = signedAmount(part, currency);
  const incoming = amount.minor >= 0n;
  const booked = dayOf(leafAt(part.leaves, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"), "booking date");
  const value = leafAt(part.leaves, "ValDt/Dt", "ValDt/DtTm");
  const days = { bookedAt: booked, valueAt: value === undefined ? null : dayOf(value, "value date") };
  const reversed = isReversal(part);
  const lineOf = (
    line: number,
    { minor, currency: code }: StatementBalance,
    leaves: readonly Leaf[],
  ): StatementLine => ({
    type: "line",
    line,
    file,
    ...days,
    amount: minor,
    currency: code,
    references: referencesOf(leaves),
    // Of a payment that is taken back, the parties keep the parts that they had in it.
    counterparty: counterpartyOf(leaves, minor >= 0n !== reversed),
    text: wordsOf(leaves),
  });
  if (count > 1 && (await sumOf(details, amount, incoming)) === amount.minor) {
    for await (const one of details.read()) {
      const minor = amountOfDetails(one, amount.currency, incoming);
      if (minor !== null) yield lineOf(one.line, { minor, currency: amount.currency }, [...one.leaves, ...part.leaves]);
    }
    return;
  }
  const leaves: Leaf[] = [];
  let characters = 0;
  for await (const one of details.read()) {
    leaves.push(...one.leaves);
    characters += charactersOf(one.leaves);
    if (characters > MOST_CHARACTERS)
      throw new CamtFault(
        "line.damaged",
        "the details of the entry do not add up to it, and are too many for the text of one line",
      );
  }
  yield lineOf(part.line, amount, [...leaves, ...part.leaves]);
}

async function sumOf(details: Spool<Details>, amount: StatementBalance, incoming: boolean): Promise<bigint | null> {
  let sum = 0n;
  for await (const one of details.read()) {
    const minor = amountOfDetails(one, amount.currency, incoming);
    if (minor === null) return null;
    sum += minor;
  }
  return sum;
}

/** Whether an entry takes another one back. */
export function isReversal({ leaves }: CamtPart): boolean {
  const text = leafAt(leaves, "RvslInd")?.text;
  return text === "true" || text === "1";
}
