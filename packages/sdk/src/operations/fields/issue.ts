/** What the service calls this kind of mistake. */
export type FieldReason =
  | "UnrecognizedField"
  | "MissingParameterValue"
  | "InvalidParameterValue"
  | "InvalidParameterCombination"
  | "TransactionAmountExceeded";

/** One thing wrong with a request. */
export interface FieldIssue {
  /** The service's reason code for this kind of mistake. */
  readonly reasonCode: FieldReason;
  /** Where, for example `paymentDetails.chargeAmount.currencyCode` or `deliveryDetails[0].carrierCode`. */
  readonly path: string;
  /** What is wrong and what to do, in words; never the value itself, which may be personal. */
  readonly message: string;
}

/** An issue about a value. */
export function invalidValue(path: string, why: string): FieldIssue {
  return { reasonCode: "InvalidParameterValue", path, message: `${path} ${why}` };
}

/** An issue about a member that is not there. */
export function missingValue(path: string): FieldIssue {
  return { reasonCode: "MissingParameterValue", path, message: `${path} is required` };
}

/**
 * The service's own wording for an issue (docs/amazon-pay/operations.md), for anyone who answers as the service does; for a value, followed by
 * what it must be.
 */
export function serviceMessage(issue: FieldIssue): string {
  switch (issue.reasonCode) {
    case "UnrecognizedField":
      return `The field '${issue.path}' is invalid for this API.`;
    case "MissingParameterValue":
      return `The value for [${issue.path}] is missing.`;
    case "InvalidParameterValue": {
      // The message begins with the path, or with "the body" where there is none.
      const why = issue.message.slice(issue.path === "" ? "the body ".length : issue.path.length + 1);
      return `The value provided for [${issue.path}] is invalid. It ${why.replace(/([^?])$/, "$1.")}`;
    }
    case "InvalidParameterCombination":
    case "TransactionAmountExceeded":
      return issue.message;
  }
}
