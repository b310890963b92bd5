import type { Random } from "@amazon-pay-kit/sdk/random";
import { differences, type Difference } from "./difference.ts";
import { SCENARIOS } from "./scenarios.ts";
import { shapeOf, type Shape } from "./shape.ts";
import { tell, type HttpMethod, type Side } from "./side.ts";

/** How one step went, on both sides, without anything that belongs to somebody. */
export interface ComparedStep {
  readonly scenario: string;
  readonly step: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly live: Shape | null;
  readonly ours: Shape | null;
}

/** What came of it. */
export interface Comparison {
  readonly steps: readonly ComparedStep[];
  readonly differences: readonly Difference[];
  /** Scenarios that were not told, and why. */
  readonly skipped: readonly { readonly scenario: string; readonly why: string }[];
  /** Steps that neither side answered, and why. */
  readonly unanswered: readonly { readonly scenario: string; readonly step: string; readonly why: string }[];
}

/** Tells every scenario to both services and compares what they answer. */
export async function compareServices(
  live: Side,
  ours: Side,
  random: Random,
  onScenario: (name: string) => void = () => undefined,
): Promise<Comparison> {
  const steps: ComparedStep[] = [];
  const found: Difference[] = [];
  const skipped: { scenario: string; why: string }[] = [];
  const unanswered: { scenario: string; step: string; why: string }[] = [];
  for (const scenario of SCENARIOS) {
    if (scenario.needsPermission === true && live.known["permission"] === undefined) {
      const why = "needs a charge permission that a buyer has agreed to: --charge-permission";
      skipped.push({ scenario: scenario.name, why });
      continue;
    }
    onScenario(scenario.name);
    const [left, right] = [await tell(live, scenario, random), await tell(ours, scenario, random)];
    for (const [index, told] of left.entries()) {
      const mine = right[index];
      const [one, other] = [shapeOf(told), mine === undefined ? undefined : shapeOf(mine)];
      const { step, method, path } = told;
      const at = { scenario: scenario.name, step };
      steps.push({ ...at, method, path, live: one ?? null, ours: other ?? null });
      if (one === undefined && other === undefined) unanswered.push({ ...at, why: told.why ?? mine?.why ?? "" });
      found.push(...differences(one, other).map((each) => ({ ...at, ...each })));
    }
  }
  return { steps, differences: found, skipped, unanswered };
}
