/** A response with its status, headers and request id. */
export interface ApiResponse<T> {
  /** The object that awaiting the call returns. */
  readonly data: T;
  /** HTTP status, for example 200, or 202 while an authorization is pending. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Request id, which Amazon's support asks for. */
  readonly requestId: string | null;
  /** Attempts made before the one that succeeded. */
  readonly retries: number;
}

/**
 * The promise of a result. Await it for the object itself, or call {@link ApiPromise.withResponse} for status, headers and
 * request id as well.
 *
 * @example
 * const charge = await client.charges.retrieve(id);
 * const { data, requestId } = await client.charges.retrieve(id).withResponse();
 */
export class ApiPromise<T> extends Promise<T> {
  readonly #response: Promise<ApiResponse<T>>;

  constructor(response: Promise<ApiResponse<T>>) {
    super((resolve, reject) => {
      response.then((answer) => {
        resolve(answer.data);
      }, reject);
    });
    this.#response = response;
  }

  /** The object together with status, headers and request id. */
  withResponse(): Promise<ApiResponse<T>> {
    // Whoever takes the response hears of a failure there; it must not count as unhandled here too.
    this.catch(() => undefined);
    return this.#response;
  }

  /** What `then` gives is an ordinary promise: its value is no longer the answer. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }
}
