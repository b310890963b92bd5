/** A program that only signs requests. */
export { signRequest } from "@amazon-pay-kit/sdk/signing";
