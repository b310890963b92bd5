/**
 * The official Node SDK's three classes with their methods, arguments, answers and errors, so that one changed import
 * migrates an application. What differs is listed in decisions/0008-compat.md.
 */
import { AmazonPayClient } from "./amazon-pay-client.ts";
import { InStoreClient } from "./in-store-client.ts";
import { WebStoreClient } from "./web-store-client.ts";

export { AmazonPayClient, InStoreClient, WebStoreClient };
export type { Payload } from "./amazon-pay-client.ts";
export type { AnswerHeaders, CalledWith, ClientAnswer } from "./answer.ts";
export type { CallHeaders, CallOptions } from "./call.ts";
export { ClientError } from "./client-error.ts";
export type { ClientConfig } from "./config.ts";

/** For `import Client from "…/compat"`, which the official package allows as well. */
export default { AmazonPayClient, InStoreClient, WebStoreClient };
