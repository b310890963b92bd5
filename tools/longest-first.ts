import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * What takes longest, by the beginning of its path. A fresh clone knows no durations, and a long file that begins last keeps one
 * worker busy while the others have nothing to do.
 */
const LONGEST: readonly string[] = [
  "tests/chaos/",
  "tests/known-answers/",
  "tests/kills/",
  "tests/bench/",
  "tests/browser/",
  "packages/worker/src/jobs/",
  "tests/docs/",
  "packages/ledger/src/store/postgres/",
  "packages/sandbox/src/checkout/",
  "packages/sandbox/src/inspector/",
  "packages/sandbox/src/playwright/",
  "tests/security/",
  "tests/score/",
  "tests/io-errors/",
  "simulation/",
  "tests/cli/",
];

/** Runs the longest files first, the rest as vitest would. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ project, moduleId }: TestSpecification): number => {
      const path = moduleId.slice(project.config.root.length + 1);
      const rank = LONGEST.findIndex((beginning) => path.startsWith(beginning));
      return rank === -1 ? LONGEST.length : rank;
    };
    const usual = await super.sort(files);
    return usual.toSorted((left, right) => rankOf(left) - rankOf(right));
  }
}
