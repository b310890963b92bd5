/** All entry points. */
export * as compat from "@amazon-pay-kit/sdk/compat";
export * as keyExchange from "@amazon-pay-kit/sdk/key-exchange";
export * as mws from "@amazon-pay-kit/sdk/mws";
export * as notifications from "@amazon-pay-kit/sdk/notifications";
export * as operations from "@amazon-pay-kit/sdk/operations";
export * as sdk from "@amazon-pay-kit/sdk";
export * as signing from "@amazon-pay-kit/sdk/signing";
