import { expectTypeOf } from "vitest";
import type { Charge } from "../types/charge.ts";
import type { ChargeId } from "../types/ids.ts";
import Client, {
  type AmazonPayClient,
  type ClientAnswer,
  type ClientError,
  type InStoreClient,
  WebStoreClient,
} from "./index.ts";

declare const web: WebStoreClient;

expectTypeOf(web).toExtend<AmazonPayClient>();
expectTypeOf(Client).toEqualTypeOf<{
  AmazonPayClient: typeof AmazonPayClient;
  InStoreClient: typeof InStoreClient;
  WebStoreClient: typeof WebStoreClient;
}>();

// Answers have the members that axios gives them.
expectTypeOf(web.getCharge).returns.resolves.toEqualTypeOf<ClientAnswer<Charge>>();
declare const answer: ClientAnswer<Charge>;
expectTypeOf(answer.data.chargeId).toEqualTypeOf<ChargeId>();
expectTypeOf(answer.headers.get("x-amz-pay-request-id")).toEqualTypeOf<string | undefined>();
expectTypeOf<ClientError["response"]>().toEqualTypeOf<ClientAnswer<unknown> | undefined>();

// These two answer at once.
expectTypeOf(web.generateButtonSignature).returns.toEqualTypeOf<string>();
expectTypeOf(web.getSignedHeaders).returns.toEqualTypeOf<Record<string, string>>();

// Headers may be left out or null, as in the official samples; a payload may be text.
void (() => web.createCharge("{}"));
void (() => web.captureCharge("C", {}, null));
void (() => web.apiCall<Charge>({ method: "GET", urlFragment: "charges/1" }));
// @ts-expect-error an id is a text
void (() => web.getCharge(1));
// @ts-expect-error the region is needed
void (() => new WebStoreClient({ publicKeyId: "A", privateKey: "B" }));
