import { CALLBACKS, type PayButton } from "../amazon-pay.ts";
import { optionProblem, PayProblem, printInConsole } from "../problem.ts";
import { freshId } from "../script/fresh-id.ts";
import { loadScript } from "../script/load.ts";
import { type ButtonOptions, buttonProblems, configOf, type LooseButtonOptions, scriptUrlOf } from "./options.ts";

/** What the page wants to know of a button. */
export interface ButtonListeners {
  /** The button has been handed to Amazon's script. */
  readonly onReady?: ((button: PayButton) => void) | undefined;
  /** The buyer sees no button, and why. It is written to the console in any case. */
  readonly onProblem?: ((problem: PayProblem) => void) | undefined;
}

/** A button in a page. */
export interface MountedButton {
  /** Other options. The button is drawn again only where they need it. */
  update(options: LooseButtonOptions): void;
  /** Takes the button out of the page. */
  unmount(): void;
}

/**
 * Keeps a button in an element: checks the options, loads the script, draws. What the custom element and the components are made of.
 *
 * @example
 * const mounted = mountButton(document.querySelector("#pay")!, { signed, region: "eu", merchantId, ledgerCurrency: "EUR", placement: "Cart" });
 * mounted.unmount();
 */
export function mountButton(
  parent: Element,
  first: LooseButtonOptions,
  listeners: ButtonListeners = {},
): MountedButton {
  let drawn: string | undefined;
  let estimate = "";
  let button: PayButton | undefined;
  let current: LooseButtonOptions = {};
  // Counts the drawings: one that a later one has overtaken, while the script was loading, is given up.
  let turn = 0;
  let stated = "";

  const clear = (): void => {
    button = undefined;
    parent.replaceChildren();
  };
  const refuse = (problem: PayProblem): void => {
    clear();
    // The same mistake in the next rendering needs no event.
    const words = `${problem.code} ${problem.message}`;
    if (words === stated) return;
    stated = words;
    printInConsole(problem);
    listeners.onProblem?.(problem);
  };
  const draw = async (options: ButtonOptions, mine: number): Promise<void> => {
    try {
      const pay = await loadScript(scriptUrlOf(options), options.nonce);
      if (mine !== turn) return;
      const place = document.createElement("div");
      place.id = freshId();
      parent.replaceChildren(place);
      // Callbacks are looked up when they are called, so that a page may give others without drawing again.
      const config = { ...configOf({ ...options, ...currentEstimate() }), ...callbacksOf(options) };
      button = pay.renderButton(`#${place.id}`, config);
    } catch (error) {
      if (mine !== turn) return;
      // The next options get another attempt.
      drawn = undefined;
      return refuse(
        error instanceof PayProblem
          ? error
          : new PayProblem("button.not-drawn", `amazon.Pay.renderButton failed: ${String(error)}`),
      );
    }
    stated = "";
    listeners.onReady?.(button);
  };
  const currentEstimate = (): Pick<ButtonOptions, "estimatedOrderAmount"> => ({
    estimatedOrderAmount: current.estimatedOrderAmount as ButtonOptions["estimatedOrderAmount"],
  });
  const callbacksOf = (options: ButtonOptions): object =>
    Object.fromEntries(
      CALLBACKS.filter((name) => options[name] !== undefined).map((name) => [
        name,
        (event: unknown) => (current[name] as ((event: unknown) => unknown) | undefined)?.(event),
      ]),
    );

  const update = (options: LooseButtonOptions): void => {
    current = options;
    const key = keyOf(options);
    const nextEstimate = JSON.stringify(options.estimatedOrderAmount ?? null);
    const estimateChanged = nextEstimate !== estimate;
    if (key === drawn && !estimateChanged) return;
    estimate = nextEstimate;
    const problems = buttonProblems(options);
    if (problems.length === 0 && key === drawn && options.estimatedOrderAmount !== undefined) {
      // Not yet drawn: the drawing takes the estimate that is then the newest.
      button?.updateButtonInfo(options.estimatedOrderAmount as NonNullable<ButtonOptions["estimatedOrderAmount"]>);
      return;
    }
    drawn = key;
    turn += 1;
    if (problems.length === 0 && options.signed === null) return clear();
    if (problems.length > 0) refuse(optionProblem("button.options", problems));
    else void draw(options as unknown as ButtonOptions, turn);
  };

  update(first);
  return {
    update,
    unmount: () => {
      turn += 1;
      drawn = undefined;
      clear();
    },
  };
}

/** What a button must be drawn again for: everything but the estimate, and of the callbacks only which there are. */
function keyOf(options: LooseButtonOptions): string {
  const { estimatedOrderAmount: _, ...rest } = options;
  return JSON.stringify(
    Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === "function" ? "a function" : value])
      .toSorted(),
  );
}
