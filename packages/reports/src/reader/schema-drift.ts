import type { NoticeCode, NoticeEvent } from "../events.ts";
import { isKnownValue } from "../vocabulary/cell-values.ts";
import type { PlannedCell } from "./column-plan.ts";

/** This many new words of one column are reported; a column with more of them is no list of words. */
const MAX_DISTINCT_VALUES = 50;

/** A longer text is no word, and messages stay short. */
const MAX_VALUE_LENGTH = 80;

/** Watches for what is new or unusual in cells that are kept as they are, and reports each once per file. */
export class SchemaDrift {
  readonly #seen = new Map<string, Set<string>>();
  readonly #foreign = new Set<string>();

  /** The notice about bytes that are no text in the file's encoding, for the first row of each column. */
  foreignBytes({ name }: PlannedCell, line: number, offset: number, encoding: string): NoticeEvent | null {
    if (this.#foreign.has(name)) return null;
    this.#foreign.add(name);
    const text =
      `is not in ${encoding}; rows with such a text are kept, and its bytes are written as \\xNN: ` +
      "name the encoding to have the letters, such as windows-1252 or shift_jis (--encoding)";
    return about("text.encoding", line, offset, name, text);
  }

  /** Whether the word needs no notice (any more): it is known, or reported already, or nobody watches the column. */
  isSettled(cell: PlannedCell, word: string): boolean {
    if (cell.vocabulary === null || isKnownValue(cell.vocabulary, word)) return true;
    const words = this.#seen.get(cell.name);
    return words !== undefined && (words.size > MAX_DISTINCT_VALUES || words.has(shorten(word)));
  }

  /**
   * The notice about a word, or `null` where there is none to give (any more).
   *
   * @param personalFile whether the file has data of buyers: then only what can be a word of the service is shown
   */
  notice(cell: PlannedCell, word: string, line: number, offset: number, personalFile: boolean): NoticeEvent | null {
    const { vocabulary, name } = cell;
    if (vocabulary === null || this.isSettled(cell, word)) return null;
    const words = this.#seen.get(name) ?? new Set<string>();
    this.#seen.set(name, words);
    const value = shorten(word);
    words.add(value);
    if (words.size > MAX_DISTINCT_VALUES) {
      return about(
        "drift.more",
        line,
        offset,
        name,
        `has more than ${MAX_DISTINCT_VALUES} new words; no more are reported`,
      );
    }
    const shown = shownWord(value, personalFile);
    const notice = about(`drift.${vocabulary}`, line, offset, name, `has a new word, ${shown}; rows with it are kept`);
    return personalFile && !ONE_WORD.test(value) ? notice : { ...notice, value };
  }
}

/** The form of all words of the service: `BuyerCanceled`. */
const ONE_WORD = /^[A-Z][A-Za-z]{1,40}$/;

/** A word as a message may show it. */
export function shownWord(word: string, personalFile: boolean): string {
  return personalFile && !ONE_WORD.test(word) ? `a text of ${word.length} characters` : JSON.stringify(shorten(word));
}

function shorten(word: string): string {
  return word.length > MAX_VALUE_LENGTH ? `${word.slice(0, MAX_VALUE_LENGTH)}…` : word;
}

function about(code: NoticeCode, line: number, offset: number, column: string, text: string): NoticeEvent {
  return { type: "notice", code, line, offset, column, message: `line ${line}: ${column} ${text}` };
}
