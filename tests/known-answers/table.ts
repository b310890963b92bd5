import { DISCREPANCY_KINDS } from "@amazon-pay-kit/sandbox";
import type { HistoryScore, Tally } from "./answer.ts";

const COLUMNS = ["kind", "injected", "hidden", "expected", "found", "missed", "wrong amount", "false"] as const;

/** The score of many histories, kind by kind. */
export class ScoreTable {
  readonly #tallies = new Map<string, Tally & { falseAlarms: number }>();
  readonly problems: string[] = [];
  histories = 0;

  /** Counts what came of a history; its false alarms go to the kinds that were put into the shop. */
  add(name: string, shops: number, score: HistoryScore): void {
    this.histories += shops;
    for (const [kind, tally] of score.tallies) {
      const sum = this.#of(kind);
      for (const key of ["injected", "hidden", "expected", "found", "missed", "wrongAmount"] as const)
        sum[key] += tally[key];
    }
    for (const { kinds } of score.falseAlarms)
      for (const kind of kinds.length === 0 ? ["(nothing)"] : kinds) this.#of(kind).falseAlarms += 1;
    this.problems.push(
      ...score.missed.map((text) => `${name}: missed: ${text}`),
      ...score.falseAlarms.map(({ text }) => `${name}: false: ${text}`),
    );
  }

  /** The problems since the last time that they were taken. */
  takeProblems(): readonly string[] {
    return this.problems.splice(0);
  }

  /** How often a kind found its place. */
  injected(kind: string): number {
    return this.#tallies.get(kind)?.injected ?? 0;
  }

  #of(kind: string): Tally & { falseAlarms: number } {
    const known = this.#tallies.get(kind) ?? {
      injected: 0,
      hidden: 0,
      expected: 0,
      found: 0,
      missed: 0,
      wrongAmount: 0,
      falseAlarms: 0,
    };
    this.#tallies.set(kind, known);
    return known;
  }

  /** The table as text. */
  toString(): string {
    const order = DISCREPANCY_KINDS.map(({ kind }) => kind).filter((kind) => this.#tallies.has(kind));
    const others = [...this.#tallies.keys()].filter((kind) => !order.includes(kind));
    const lines: (readonly (string | number)[])[] = [...order, ...others].map((kind) => {
      const one = this.#of(kind);
      return [kind, one.injected, one.hidden, one.expected, one.found, one.missed, one.wrongAmount, one.falseAlarms];
    });
    const total = COLUMNS.slice(1).map((_, index) => lines.reduce((sum, line) => sum + Number(line[index + 1]), 0));
    lines.push(["all", ...total]);
    const cells = [COLUMNS, ...lines].map((line) => line.map(String));
    const widths = COLUMNS.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
    return cells
      .map((line) =>
        line
          .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
          .join("  "),
      )
      .join("\n");
  }
}
