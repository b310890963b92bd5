import { KitError } from "./rules/kit-error.ts";
import type { ButtonProblem } from "./rules/rules.ts";

/** Stable codes of what can keep a button from the buyer. */
export type PayProblemCode =
  /** An option is missing, wrong, or contradicts another. */
  | "button.options"
  /** Amazon's script threw when it was to draw the button. */
  | "button.not-drawn"
  /** The script could not be loaded. */
  | "script.unreachable"
  /** The page's content security policy does not allow the script. */
  | "script.forbidden"
  /** What the address gave does not define `amazon.Pay`. */
  | "script.not-checkout"
  /** The page has loaded the script of another region or service before. */
  | "script.another"
  /** An option of a change action is missing or wrong. */
  | "change-action.options";

/** Why the buyer sees no button. It is also written to the console, and given to the page's own handler. */
export class PayProblem extends KitError {
  override name = "PayProblem";
  readonly code: PayProblemCode;
  /** Each mistake with the option it is about; empty where no option is at fault. */
  readonly problems: readonly ButtonProblem[];

  constructor(code: PayProblemCode, message: string, problems: readonly ButtonProblem[] = []) {
    super(message, { place: problems.length === 0 ? undefined : problems.map(({ option }) => option).join(", ") });
    this.code = code;
    this.problems = problems;
  }
}

/** A problem of options: all mistakes in one message. */
export function optionProblem(code: PayProblemCode, problems: readonly ButtonProblem[]): PayProblem {
  const lines = problems.map(({ option, message }) => `${option} ${message}`);
  return new PayProblem(code, lines.join("; "), problems);
}

/** Says a problem where a developer looks first. */
export function printInConsole(problem: PayProblem): void {
  // oxlint-disable-next-line no-console -- a page has no other log, and a button that is missing without a word is what this is for
  console.error(`Amazon Pay (${problem.code}): ${problem.message}`);
}
