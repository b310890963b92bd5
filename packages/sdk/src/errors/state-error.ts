import { ApiError } from "./api-error.ts";

/** The object's state does not allow this operation: read the object to see its state. */
export class StateError extends ApiError {
  override name = "StateError";
  readonly code = "api.state";
}
