import type { ChangeAction } from "../amazon-pay.ts";
import type { RegionName } from "../button/options.ts";
import { scriptProblems, scriptUrlOf } from "../button/options.ts";
import { optionProblem, PayProblem, printInConsole } from "../problem.ts";
import type { ButtonProblem } from "../rules/rules.ts";
import { pageRegion } from "../rules/rules.ts";
import { freshId } from "../script/fresh-id.ts";
import { loadScript } from "../script/load.ts";

/** What a click lets the buyer choose again. */
export interface ChangeActionOptions {
  /** The id that came with the buyer to the review page, in `amazonCheckoutSessionId` of its address. */
  readonly checkoutSessionId: string;
  readonly changeAction: ChangeAction;
  /** Decides about the script. */
  readonly region: RegionName;
  /** Address of the script. Default: the region's. */
  readonly scriptUrl?: string | undefined;
  /** Nonce of the page's content security policy. */
  readonly nonce?: string | undefined;
}

/** What may be given for an option before it was checked. */
export type LooseChangeOptions = { readonly [Option in keyof ChangeActionOptions]?: unknown };

/** Elements that have been bound: Amazon's script cannot let go of one, and binding twice would lead the buyer away twice. */
const bound = new WeakMap<Element, string>();

function changeProblems(options: LooseChangeOptions): ButtonProblem[] {
  const problems: ButtonProblem[] = [];
  const { checkoutSessionId, changeAction } = options;
  if (typeof checkoutSessionId !== "string" || !/^\S+$/.test(checkoutSessionId)) {
    problems.push({
      option: "checkoutSessionId",
      message: "is needed: the amazonCheckoutSessionId in the address of the review page",
    });
  }
  if (changeAction !== "changeAddress" && changeAction !== "changePayment")
    problems.push({ option: "changeAction", message: "must be changeAddress or changePayment" });
  if (pageRegion(options.region) === undefined)
    problems.push({ option: "region", message: "must be na, eu or jp, or one of us, de and uk" });
  return [...problems, ...scriptProblems(options)];
}

/**
 * Lets a click on an element lead the buyer back to Amazon, to choose address or payment again. An element keeps what it was first
 * bound to: for another session it must be a new element.
 *
 * @returns whether it is bound; `false` when it has left the page meanwhile, or after a problem, which the console and `onProblem`
 * were told
 * @example
 * await bindChangeAction(link, { checkoutSessionId, changeAction: "changeAddress", region: "eu" });
 */
export async function bindChangeAction(
  element: Element,
  options: LooseChangeOptions,
  onProblem?: ((problem: PayProblem) => void) | undefined,
): Promise<boolean> {
  const refuse = (problem: PayProblem): false => {
    printInConsole(problem);
    onProblem?.(problem);
    return false;
  };
  const problems = changeProblems(options);
  if (problems.length > 0) return refuse(optionProblem("change-action.options", problems));
  const { checkoutSessionId, changeAction, region, scriptUrl, nonce } = options as ChangeActionOptions;
  const key = `${changeAction} ${checkoutSessionId}`;
  const before = bound.get(element);
  if (before === key) return true;
  if (before !== undefined) {
    const message = "an element that has been bound keeps its session: make a new one for another";
    return refuse(optionProblem("change-action.options", [{ option: "checkoutSessionId", message }]));
  }
  bound.set(element, key);
  try {
    const pay = await loadScript(scriptUrlOf({ region, scriptUrl }), nonce);
    if (!element.isConnected) {
      bound.delete(element);
      return false;
    }
    if (element.id === "") element.id = freshId();
    pay.bindChangeAction(`#${CSS.escape(element.id)}`, { amazonCheckoutSessionId: checkoutSessionId, changeAction });
    return true;
  } catch (error) {
    bound.delete(element);
    return refuse(
      error instanceof PayProblem
        ? error
        : new PayProblem("change-action.options", `amazon.Pay.bindChangeAction failed: ${String(error)}`),
    );
  }
}
