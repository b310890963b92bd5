import { OrdersError } from "./errors.ts";
import { RECORD_STATUSES, type RecordStatus } from "./record.ts";

/** Words of a shop for what became of an order, by their meaning; several are divided by `|`. */
export type StatusNames = Readonly<Partial<Record<RecordStatus, string>>>;

/** A status word as it is compared: letters and digits of any script, without case, accents, blanks and the `wc-` of WooCommerce. */
export function plainStatus(word: string): string {
  return word
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^wc-/, "")
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** The states of API v2 and of Amazon's reports, and the words that every shop uses in the same sense. */
export const COMMON_STATUSES: StatusNames = {
  captured: "captured|completed|complete|paid|settled|success|succeeded|partially captured|partially paid",
  refunded: "refunded",
  "partially-refunded": "partially refunded|partial refund|refunded partially",
  authorized: "authorized|authorised",
  pending:
    "open|pending|new|pending payment|on hold|in progress|unconfirmed|authorization initiated|capture initiated|refund initiated|unpaid",
  canceled: "canceled|cancelled|voided|expired|abandoned",
  declined: "failed|failure|error|declined",
};

function wordsOf(words: StatusNames): [string, RecordStatus][] {
  return (Object.entries(words) as [RecordStatus, string][]).flatMap(([status, list]) =>
    list.split("|").map((word): [string, RecordStatus] => [plainStatus(word), status]),
  );
}

/** More words than these are none of a shop's statuses. */
const MOST_WRITTEN = 200;

/** What status words mean: those of a shop before the common ones, and what the person says before all. */
export class Statuses {
  readonly #meaning: ReadonlyMap<string, RecordStatus>;
  /** By the word as it is written: a file has a handful of them, on every row. */
  readonly #written = new Map<string, RecordStatus | undefined>();

  constructor(shop: StatusNames = {}, statuses: ReadonlyMap<string, RecordStatus> = new Map()) {
    this.#meaning = new Map([...wordsOf(COMMON_STATUSES), ...wordsOf(shop), ...statuses]);
  }

  /** `undefined` for a word that is not known. */
  of(word: string): RecordStatus | undefined {
    if (this.#written.has(word)) return this.#written.get(word);
    const meaning = this.#meaning.get(plainStatus(word));
    if (this.#written.size < MOST_WRITTEN) this.#written.set(word, meaning);
    return meaning;
  }
}

/**
 * What a person says of a shop's own words: `shipped=captured`.
 *
 * @throws OrdersError `records.option` for a meaning that is none of {@link RECORD_STATUSES}
 */
export function checkedStatuses(statuses: Readonly<Record<string, string>>): ReadonlyMap<string, RecordStatus> {
  return new Map(
    Object.entries(statuses).map(([word, meaning]) => {
      const status = RECORD_STATUSES.find((one) => plainStatus(one) === plainStatus(meaning));
      const spelled = status ?? (plainStatus(meaning) === "cancelled" ? "canceled" : undefined);
      if (spelled === undefined || plainStatus(word) === "") {
        throw new OrdersError(
          "records.option",
          `--status ${JSON.stringify(`${word}=${meaning}`)}: expected WORD and one of ${RECORD_STATUSES.join(", ")}, such as --status shipped=captured`,
          "status",
        );
      }
      return [plainStatus(word), spelled];
    }),
  );
}

/**
 * What a state of API v2, of a report or of common use means; `undefined` for a word that is not known.
 *
 * @example statusOf("Completed") // "captured"
 */
export function statusOf(word: string): RecordStatus | undefined {
  return COMMON.of(word);
}

const COMMON = new Statuses();
