/** Something that is wrong with one line of a file that is taken in. */
export interface LineProblem {
  /** Stable code. */
  readonly code: string;
  /** Physical line of the file, from 1. */
  readonly line: number;
  readonly message: string;
}

const SHOWN = 5;

/** A message with the first few problems below it, each with its line. */
export function withProblems(message: string, problems: readonly LineProblem[]): string {
  const lines = problems
    .slice(0, SHOWN)
    .map((problem) => `\n  line ${problem.line}: ${problem.message} (${problem.code})`);
  const more = problems.length > SHOWN ? `\n  and ${problems.length - SHOWN} more` : "";
  return `${message}${lines.join("")}${more}`;
}
