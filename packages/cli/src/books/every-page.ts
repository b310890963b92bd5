import type { Page, PageRequest } from "@amazon-pay-kit/ledger";

/** Every item of a paged list, page after page. */
export async function* everyPage<Item>(fetch: (page: PageRequest) => Promise<Page<Item>>): AsyncGenerator<Item> {
  for (let cursor: string | undefined; ;) {
    const page = await fetch({ cursor, limit: 500 });
    yield* page.items;
    if (page.next === null) return;
    cursor = page.next;
  }
}
