import { InvalidInputError } from "../errors/invalid-input-error.ts";
import { type CheckOptions, checkFields, checkRequest, isRecord } from "../operations/fields/check.ts";
import { signInFields } from "../operations/fields/button.ts";
import type { FieldIssue } from "../operations/fields/issue.ts";
import { buttonPayload } from "../operations/groups/checkout-sessions.ts";
import { addIssues, prepare } from "../request/prepare.ts";
import type { SignInPayload, SignedButton } from "../types/button.ts";
import type { CheckoutPayload } from "../types/checkout-session.ts";

/** A payload's exact text, and which kind of button it is for. */
export interface PayloadText extends Pick<SignedButton, "payloadJSON" | "kind"> {}

/**
 * Checks a payload and gives its text. A text is signed as it is, to the letter; an object is written as JSON.
 *
 * @throws InvalidInputError with the path of each mistake
 */
export function payloadText(payload: CheckoutPayload | SignInPayload | string, options: CheckOptions): PayloadText {
  const given = typeof payload === "string" ? parse(payload) : payload;
  const kind = isRecord(given) && "signInReturnUrl" in given ? "sign-in" : "checkout";
  const issues: FieldIssue[] = [];
  const name = kind === "sign-in" ? "the sign-in button's payload" : "the button's payload";
  const members =
    typeof payload === "string"
      ? given
      : prepare(kind === "sign-in" ? signInFields() : buttonPayload.body(), given, issues);
  const found =
    kind === "sign-in"
      ? checkFields(signInFields(), members, options)
      : checkRequest(buttonPayload, members, {}, options);
  addIssues(issues, found);
  if (issues.length > 0) throw new InvalidInputError(name, issues);
  return { payloadJSON: typeof payload === "string" ? payload : JSON.stringify(members), kind };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInputError("the button's payload", [
      { reasonCode: "InvalidParameterValue", path: "", message: "the payload is not JSON" },
    ]);
  }
}
