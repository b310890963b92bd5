import { InvalidInputError } from "../errors/invalid-input-error.ts";
import { type CheckOptions, checkFields, checkRequest, isRecord } from "../operations/fields/check.ts";
import { signInFields } from "../operations/fields/button.ts";
import type { FieldIssue } from "../operations/fields/issue.ts";
import { buttonPayload } from "../operations/groups/checkout-sessions.ts";
import { addIssues, prepare } from "../request/prepare.ts";
import { missingValue } from "../operations/fields/issue.ts";
import type { SignInPayload, SignedButton, UpgradePayload } from "../types/button.ts";
import type { CheckoutPayload } from "../types/checkout-session.ts";
import { isText } from "../kind.ts";

/** A payload's exact text, and which kind of button it is for. */
export interface PayloadText extends Pick<SignedButton, "payloadJSON" | "kind"> {}

/**
 * Checks a payload and gives its text. A text is signed as it is, to the letter; an object is written as JSON.
 *
 * @throws InvalidInputError with the path of each mistake
 */
export function payloadText(payload: CheckoutPayload | SignInPayload | string, options: CheckOptions): PayloadText {
  const given = isText(payload) ? parse(payload) : payload;
  const kind = isRecord(given) && "signInReturnUrl" in given ? "sign-in" : "checkout";
  const issues: FieldIssue[] = [];
  const name = kind === "sign-in" ? "the sign-in button's payload" : "the button's payload";
  const members = isText(payload)
    ? given
    : prepare(kind === "sign-in" ? signInFields() : buttonPayload.body(), given, issues);
  const found =
    kind === "sign-in"
      ? checkFields(signInFields(), members, options)
      : checkRequest(buttonPayload, members, {}, options);
  addIssues(issues, found);
  if (issues.length > 0) throw new InvalidInputError(name, issues);
  return { payloadJSON: isText(payload) ? payload : JSON.stringify(members), kind };
}

/**
 * Checks the payload of an upgrade from one-time to recurring payments and gives its text.
 *
 * @throws InvalidInputError with the path of each mistake
 */
export function upgradeText(payload: UpgradePayload, options: CheckOptions): string {
  const { merchantId, chargePermissionId, ...members } = isRecord(payload) ? payload : ({} as UpgradePayload);
  const issues: FieldIssue[] = [];
  for (const [path, value] of Object.entries({ merchantId, chargePermissionId }))
    if (!isText(value) || value === "") issues.push(missingValue(path));
  const result = members.webCheckoutDetails?.checkoutResultReturnUrl;
  if (!isText(result)) issues.push(missingValue("webCheckoutDetails.checkoutResultReturnUrl"));
  if (members.recurringMetadata?.frequency === undefined) issues.push(missingValue("recurringMetadata.frequency"));
  if (issues.length > 0) throw new InvalidInputError("the upgrade's payload", issues);
  // There is no review page; a checkout would need one.
  const checkout = {
    ...members,
    webCheckoutDetails: { checkoutReviewReturnUrl: result, ...members.webCheckoutDetails },
  };
  const { payloadJSON } = payloadText({ ...checkout, chargePermissionType: "Recurring" } as CheckoutPayload, options);
  const checked = JSON.parse(payloadJSON) as { webCheckoutDetails: Record<string, unknown> };
  if (members.webCheckoutDetails?.checkoutReviewReturnUrl === undefined)
    delete checked.webCheckoutDetails["checkoutReviewReturnUrl"];
  return JSON.stringify({ merchantId, chargePermissionId, ...checked });
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
