/** A TypeScript project that compiles to CommonJS and knows no `exports` in package.json: many a NestJS or Express application. */
import { AmazonPay, ApiError, type Charge } from "@amazon-pay-kit/sdk";
import { systemClock, type Clock } from "@amazon-pay-kit/sdk/clock";
import { WebStoreClient } from "@amazon-pay-kit/sdk/compat";
import { readSharedKeys } from "@amazon-pay-kit/sdk/key-exchange";
import { MwsReports } from "@amazon-pay-kit/sdk/mws";
import { verifyNotification } from "@amazon-pay-kit/sdk/notifications";
import { matchOperation } from "@amazon-pay-kit/sdk/operations";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { stringToSign } from "@amazon-pay-kit/sdk/signing";

export const state = (charge: Charge): string => charge.statusDetails.state;
export const now = (clock: Clock): number => clock.now();
const all = [
  AmazonPay,
  ApiError,
  WebStoreClient,
  MwsReports,
  readSharedKeys,
  verifyNotification,
  matchOperation,
  stringToSign,
];
if (!all.every((one) => typeof one === "function") || now(systemClock) <= 0 || systemRandom.bytes(2).length !== 2)
  throw new Error("a name is missing");
