import { ApiPromise } from "../client/api-promise.ts";
import type { Answer } from "../client/answer.ts";
import type { CallInput, Requester } from "../client/requester.ts";
import type { Operation } from "../operations/operation.ts";

/** A group of operations of one client. */
export abstract class Resource {
  protected readonly requester: Requester;

  constructor(requester: Requester) {
    this.requester = requester;
  }

  protected call<T>(operation: Operation, input: CallInput, read?: (answer: Answer) => T): ApiPromise<T> {
    return new ApiPromise(this.requester.call(operation, input, read));
  }
}
