import { CONVERTS } from "./world.ts";
import { KINDS } from "./kinds/index.ts";
import type { Found } from "./books.ts";
import type { Judgement } from "./judge.ts";

interface Tally {
  readonly kind: string;
  readonly what: string;
  injected: number;
  found: number;
  missed: number;
  falseOnes: number;
}

const shown = (one: Found): string =>
  `${one.accountId} ${one.code} ${one.amount ?? ""} ${one.settlementId ?? one.orderId ?? ""}: ${one.message}`;

/** The score of many worlds, kind by kind. */
export class ScoreTable {
  readonly #tallies = new Map<string, Tally>();
  /** What was missed or false, in words. */
  readonly problems: string[] = [];
  worlds = 0;

  constructor() {
    for (const { kind, what } of KINDS) this.#of(kind, what);
    this.#of(CONVERTS, "trouble");
  }

  #of(kind: string, what: string): Tally {
    const known = this.#tallies.get(kind) ?? { kind, what, injected: 0, found: 0, missed: 0, falseOnes: 0 };
    this.#tallies.set(kind, known);
    return known;
  }

  /** Counts what came of one world. */
  add(name: string, { outcomes, strays }: Judgement): void {
    this.worlds += 1;
    for (const { injected, found, why, falseOnes } of outcomes) {
      const tally = this.#of(injected.kind, injected.what);
      tally.injected += 1;
      tally[found ? "found" : "missed"] += 1;
      tally.falseOnes += falseOnes.length;
      const where = `${name}: ${injected.kind} (${injected.accountId}, week ${injected.weeks[0] ?? 0})`;
      this.problems.push(
        ...why.map((reason) => `${where}: missed: ${reason}`),
        ...falseOnes.map((one) => `${where}: false: ${shown(one)}`),
      );
    }
    const nothing = this.#of("(where nothing was injected)", "trap");
    nothing.falseOnes += strays.length;
    this.problems.push(...strays.map((one) => `${name}: false: ${shown(one)}`));
  }

  /** Kinds that were injected nowhere. */
  absent(): readonly string[] {
    return [...this.#tallies.values()]
      .filter(({ injected }) => injected === 0)
      .map(({ kind }) => kind)
      .filter((kind) => !kind.startsWith("("));
  }

  toString(): string {
    const rows = [...this.#tallies.values()].map((one) => [
      one.what,
      one.kind,
      one.injected,
      one.what === "trouble" ? one.found : "",
      one.what === "trouble" ? one.missed : "",
      one.falseOnes,
    ]);
    const sum = (column: number): number => rows.reduce((all, row) => all + Number(row[column]), 0);
    const lines = [
      ["", "kind", "injected", "found", "missed", "false"],
      ...rows,
      ["", "all", sum(2), sum(3), sum(4), sum(5)],
    ].map((row) => row.map(String));
    const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...lines.map((row) => row[column]?.length ?? 0)));
    return lines
      .map((row) =>
        row
          .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
          .join("  "),
      )
      .join("\n");
  }
}
