import { UnreadableAnswerError } from "../errors/call-error.ts";
import { ApiPromise, type ApiResponse } from "./requester.ts";

/** How to walk over the pages of a list. */
export interface Paging<Page, Item> {
  readonly operation: string;
  readonly items: (page: Page) => readonly Item[];
  /** Asks for the page of a token; the token is the only parameter, as the service demands. */
  readonly next: (token: string) => Promise<ApiResponse<Page>>;
}

/**
 * The promise of one page, and an iterable over the items of all of them. Pages are asked for as they are needed.
 *
 * @example
 * const page = await client.reports.list();
 * for await (const report of client.reports.list({ processingStatuses: ["COMPLETED"] })) use(report);
 */
export class PagePromise<Page extends { nextToken?: string | null }, Item>
  extends ApiPromise<Page>
  implements AsyncIterable<Item>
{
  readonly #paging: Paging<Page, Item>;

  constructor(response: Promise<ApiResponse<Page>>, paging: Paging<Page, Item>) {
    super(response);
    this.#paging = paging;
  }

  /** This page and all that follow. */
  async *pages(): AsyncGenerator<Page, void, undefined> {
    const seen = new Set<string>();
    let response = await this.withResponse();
    for (;;) {
      yield response.data;
      const token = response.data.nextToken;
      if (token === undefined || token === null || token === "") return;
      if (seen.has(token)) {
        throw new UnreadableAnswerError(
          "answer.repeated-token",
          `${this.#paging.operation} gave the same nextToken twice: the list would never end`,
          {
            operation: this.#paging.operation,
            retries: response.retries,
            status: response.status,
            requestId: response.requestId,
          },
        );
      }
      seen.add(token);
      response = await this.#paging.next(token);
    }
  }

  /** The items of this page and of all that follow. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* this.#paging.items(page);
  }
}
