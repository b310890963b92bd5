import {
  AmazonPayError,
  ApiError,
  DeclinedError,
  InvalidInputError,
  NotFoundError,
  StateError,
} from "@amazon-pay-kit/sdk";
import { PaymentError } from "@amazon-pay-kit/payments";

/** Kinds of errors that Medusa's error handler knows; with them it answers 4xx with the message, else 500 without. */
export type MedusaErrorType = "not_allowed" | "invalid_data" | "not_found" | "payment_authorization_error";

/** An error as Medusa shows it: its API answers with the message, and 400 instead of 500. */
export class AmazonPayProviderError extends AmazonPayError {
  override readonly name = "AmazonPayProviderError";
  /** The code of the error that brought it about, or `medusa.input`. */
  readonly code: string;
  /** What Medusa's error handler goes by. */
  readonly type: MedusaErrorType;

  constructor(type: MedusaErrorType, code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.type = type;
    this.code = code;
  }
}

/** Does the work; what can be shown to whoever called Medusa's API is shown. Lost connections and the like stay as they are. */
export async function shown<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const type = typeOf(error);
    if (type === undefined || !(error instanceof AmazonPayError)) throw error;
    const remedy = error.remedy === undefined ? "" : ` (${error.remedy})`;
    throw new AmazonPayProviderError(type, error.code, error.message + remedy, error);
  }
}

function typeOf(error: unknown): MedusaErrorType | undefined {
  if (error instanceof AmazonPayProviderError) return undefined;
  if (error instanceof DeclinedError) return "payment_authorization_error";
  if (error instanceof NotFoundError) return "not_found";
  if (error instanceof PaymentError || error instanceof StateError) return "not_allowed";
  if (error instanceof InvalidInputError) return "invalid_data";
  if (error instanceof ApiError && error.status === 400) return "invalid_data";
  return undefined;
}
