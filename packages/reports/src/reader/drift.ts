import type { NoticeCode, NoticeEvent } from "../events.ts";
import { isKnownWord } from "../vocabulary/words.ts";
import type { PlannedCell } from "./column-plan.ts";

/** So many new words of one column are reported; a column with more of them is no list of words. */
const MOST_WORDS = 50;

const LONGEST_WORD = 80;

/**
 * Watches for words that the service has not used before, and reports each once per file.
 */
export class Drift {
  readonly #seen = new Map<string, Set<string>>();
  readonly #report: (notice: NoticeEvent) => void;

  constructor(report: (notice: NoticeEvent) => void) {
    this.#report = report;
  }

  /** Whether the word is not known; reports it the first time. */
  isNew(cell: PlannedCell, word: string, line: number, offset: number): boolean {
    const { vocabulary, name } = cell;
    if (vocabulary === null || isKnownWord(vocabulary, word)) return false;
    let words = this.#seen.get(name);
    if (words === undefined) this.#seen.set(name, (words = new Set()));
    if (words.has(word) || words.size > MOST_WORDS) return true;
    words.add(word.length > LONGEST_WORD ? "" : word);
    if (words.size > MOST_WORDS) {
      this.#report(
        notice("drift.more", line, offset, name, `has more than ${MOST_WORDS} new words; no more are reported`),
      );
    } else {
      const shown = word.length > LONGEST_WORD ? `${word.slice(0, LONGEST_WORD)}…` : word;
      this.#report({
        ...notice(
          `drift.${vocabulary}`,
          line,
          offset,
          name,
          `has the new word ${JSON.stringify(shown)}; its rows were kept`,
        ),
        value: shown,
      });
    }
    return true;
  }
}

function notice(code: NoticeCode, line: number, offset: number, column: string, text: string): NoticeEvent {
  return { type: "notice", code, line, offset, column, message: `line ${line}: ${column} ${text}` };
}
