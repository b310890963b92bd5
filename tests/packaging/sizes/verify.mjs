/** A program that only verifies notifications. */
export { verifyNotification } from "@amazon-pay-kit/sdk/notifications";
