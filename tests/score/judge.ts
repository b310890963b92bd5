import type { Found } from "./books.ts";
import { amountText } from "./money.ts";
import type { Expected, Injected } from "./inject.ts";
import type { World } from "./world.ts";

/** What came of one that was injected. */
export interface Outcome {
  readonly injected: Injected;
  readonly found: boolean;
  /** Why it is not found: what is missing, or told as several stories. */
  readonly why: readonly string[];
  /** Exceptions that it should not have brought. */
  readonly falseOnes: readonly Found[];
}

/** What came of one world. */
export interface Judgement {
  readonly outcomes: readonly Outcome[];
  /** False exceptions at a place where nothing was injected. */
  readonly strays: readonly Found[];
}

function describeExpected(
  { code, amount, settlementId, transactionId, orderId, contains }: Expected,
  currency: string,
): string {
  const parts = [
    code,
    amount === undefined ? null : amountText(amount, currency),
    settlementId,
    transactionId,
    orderId,
    contains,
  ];
  return parts.filter((part) => part !== null && part !== undefined).join(" ");
}

function sameBut(amountToo: boolean, expected: Expected, found: Found): boolean {
  if (expected.code !== found.code) return false;
  if (expected.settlementId !== undefined && expected.settlementId !== found.settlementId) return false;
  if (expected.transactionId !== undefined && expected.transactionId !== found.transactionId) return false;
  if (expected.orderId !== undefined && expected.orderId !== found.orderId) return false;
  if (expected.contains !== undefined && !found.message.includes(expected.contains)) return false;
  if (!amountToo || expected.amount === undefined) return true;
  return found.amount === amountText(expected.amount, found.currency ?? "USD");
}

/** Holds the exceptions of the books against what was injected. Each exception answers for one expectation. */
export function judge({ accounts, injected }: World, all: readonly Found[]): Judgement {
  const claimed = new Map<Found, Injected>();
  const answers = new Map<Injected, { readonly hits: Found[]; readonly why: string[] }>();
  const claim = (one: Injected, expected: Expected, amountToo: boolean): Found | undefined => {
    const found = all.find(
      (exception) =>
        exception.accountId === one.accountId && !claimed.has(exception) && sameBut(amountToo, expected, exception),
    );
    if (found !== undefined) claimed.set(found, one);
    return found;
  };
  // Expectations that say most are answered first, so that a general one takes nothing from them.
  const wanted = injected
    .flatMap((one) => one.expected.map((expected) => ({ one, expected })))
    .toSorted((left, right) => detail(right.expected) - detail(left.expected));
  for (const one of injected) answers.set(one, { hits: [], why: [] });
  const unanswered: typeof wanted = [];
  for (const { one, expected } of wanted.filter((each) => each.expected.optional !== true)) {
    const found = claim(one, expected, true);
    if (found === undefined) unanswered.push({ one, expected });
    else answers.get(one)?.hits.push(found);
  }
  for (const { one, expected } of unanswered) {
    const currency = accounts.find(({ facts }) => facts.id === one.accountId)?.facts.currency ?? "USD";
    const near = claim(one, expected, false);
    const text = describeExpected(expected, currency);
    answers.get(one)?.why.push(near === undefined ? `no ${text}` : `${text}, but it says ${near.amount ?? "nothing"}`);
  }
  for (const { one, expected } of wanted.filter((each) => each.expected.optional === true)) {
    const causes = new Set(answers.get(one)?.hits.map(({ cause }) => cause));
    const found = all.find(
      (exception) =>
        exception.accountId === one.accountId &&
        !claimed.has(exception) &&
        causes.has(exception.cause) &&
        sameBut(true, expected, exception),
    );
    if (found !== undefined) claimed.set(found, one);
  }
  const rest = all.filter((exception) => !claimed.has(exception));
  const taken = new Set<Found>();
  const outcomes = injected.map((one): Outcome => {
    const { hits, why } = answers.get(one) ?? { hits: [], why: [] };
    const causes = new Set(hits.map(({ cause }) => cause));
    const scattered = !one.apart && causes.size > 1 ? [`told as ${causes.size} stories: ${storiesOf(hits)}`] : [];
    const falseOnes = rest.filter((exception) => {
      if (exception.accountId !== one.accountId || taken.has(exception)) return false;
      const ids = [exception.settlementId, exception.transactionId, exception.orderId];
      return causes.has(exception.cause) || ids.some((id) => id !== null && one.touched.has(id));
    });
    for (const exception of falseOnes) taken.add(exception);
    const reasons = [...why, ...scattered];
    return { injected: one, found: reasons.length === 0, why: reasons, falseOnes };
  });
  return { outcomes, strays: rest.filter((exception) => !taken.has(exception)) };
}

function detail({ amount, settlementId, transactionId, orderId, contains }: Expected): number {
  return [amount, settlementId, transactionId, orderId, contains].filter((one) => one !== undefined).length;
}

function storiesOf(hits: readonly Found[]): string {
  const stories = new Map<string, string[]>();
  for (const { cause, code } of hits) stories.set(cause, [...(stories.get(cause) ?? []), code]);
  return [...stories.values()].map((codes) => codes.join("+")).join(" | ");
}
