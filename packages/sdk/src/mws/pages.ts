import { type MwsAnswerInfo, type MwsResult, requiredBoolean, unreadableAnswer } from "./answers/result.ts";
import type { ItemReader } from "./answers/report-info.ts";
import { optionalText } from "./xml/members.ts";

/** One page of a list. */
export interface MwsPage<T> extends MwsAnswerInfo {
  /** What the page holds, in the service's order. */
  readonly items: readonly T[];
  /** Whether there is another page. This and not `nextToken` decides: some answers hold a token that leads nowhere. */
  readonly hasNext: boolean;
  /** For the call `…ByNextToken`; `null` where there is no further page. */
  readonly nextToken: string | null;
}

/** Reads a page: the elements of that name, `HasNext` and `NextToken`. */
export function readPage<T>(result: MwsResult, itemName: string, readItem: ItemReader<T>): MwsPage<T> {
  const { action, element, requestId, quota } = result;
  const hasNext = requiredBoolean(result, element, "HasNext");
  const nextToken = hasNext ? optionalText(element, "NextToken") : null;
  if (hasNext && nextToken === null)
    throw unreadableAnswer(action, "there is a next page, but no token for it", requestId);
  const items = element.children.filter(({ name }) => name === itemName).map((item) => readItem(result, item));
  return { items, hasNext, nextToken, requestId, quota };
}

/**
 * Goes through all entries of a list, page after page.
 *
 * @throws MwsError `mws.unreadable-answer` when the service gives the same token twice, which would never end
 */
export async function* eachItem<T>(
  first: () => Promise<MwsPage<T>>,
  next: (nextToken: string) => Promise<MwsPage<T>>,
): AsyncGenerator<T, void, undefined> {
  const seen = new Set<string>();
  let page = await first();
  for (;;) {
    yield* page.items;
    const { nextToken, requestId } = page;
    if (nextToken === null) return;
    if (seen.has(nextToken)) throw unreadableAnswer("the list", "its pages go round in a circle", requestId);
    seen.add(nextToken);
    page = await next(nextToken);
  }
}
