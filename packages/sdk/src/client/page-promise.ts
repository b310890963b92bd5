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
    for await (const { data } of this.#responses()) yield data;
  }

  async *#responses(): AsyncGenerator<ApiResponse<Page>, void, undefined> {
    const seen = new Set<string>();
    let response = await this.withResponse();
    for (;;) {
      yield response;
      const token = response.data.nextToken;
      if (token === undefined || token === null || token === "") return;
      if (seen.has(token))
        throw this.#unreadable(
          "answer.repeated-token",
          "gave the same nextToken twice: the list would never end",
          response,
        );
      seen.add(token);
      response = await this.#paging.next(token);
    }
  }

  #unreadable(
    code: "answer.repeated-token" | "answer.shape",
    why: string,
    { retries, status, requestId }: ApiResponse<Page>,
  ): UnreadableAnswerError {
    const { operation } = this.#paging;
    return new UnreadableAnswerError(code, `${operation} ${why}`, { operation, retries, status, requestId });
  }

  /** The items of this page and of all that follow. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const response of this.#responses()) {
      const items: unknown = this.#paging.items(response.data);
      // Taken as none, a list that is missing would pass for an empty month.
      if (!Array.isArray(items)) throw this.#unreadable("answer.shape", "was answered without its list", response);
      yield* items as readonly Item[];
    }
  }
}
