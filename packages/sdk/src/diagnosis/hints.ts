import type { Region } from "../operations/api-regions.ts";
import { environmentOfKey } from "../operations/regions.ts";
import type { HintForRefusal, Refusal } from "./refusal.ts";

const REGION_OF: Readonly<Record<string, Region>> = { __proto__: null as never, "01": "na", "02": "eu", "03": "jp" };

/** What an id's last part stands for. A permission has none. */
const KIND_OF: Readonly<Record<string, string>> = {
  __proto__: null as never,
  C: "charge",
  R: "refund",
  B: "dispute",
  A: "authorization",
};

/** What each resource's path takes. */
const TAKES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  chargePermissions: "charge permission",
  charges: "charge",
  refunds: "refund",
  disputes: "dispute",
};

/**
 * What probably caused a refusal: a key of another region, an id of another region, environment or kind of object, or one of the
 * older API.
 */
export const hintForRefusal: HintForRefusal = (refusal) => {
  if (refusal.reasonCode === "InvalidAuthentication") return unknownKey(refusal);
  return refusal.status === 404 ? unknownId(refusal) : "";
};

function unknownKey({ publicKeyId, region, environment }: Refusal): string {
  const prefixed = environmentOfKey(publicKeyId) !== undefined;
  return [
    `The service knows no such key in region ${region}: a key pair belongs to one region and one merchant account.`,
    `Compare publicKeyId, capitals included, with Seller Central of that region (Integration Central, API keys), and check that the key was not revoked`,
    prefixed
      ? `and that its prefix is meant: this one is for ${environment}.`
      : `and that it is a key for ${environment}.`,
  ].join(" ");
}

function unknownId({ path, body, region, environment }: Refusal): string {
  for (const text of [path, body]) {
    for (const [id, letter = "", digits = "", kind = ""] of text.matchAll(
      /\b([SPCB])(0[123])-\d{7}-\d{7}(?:-([A-Z])\w*)?/g,
    )) {
      if (kind === "A") {
        return `${id} is the id of an authorization of the older API; API v2 has charges, whose ids end in -C and digits: take chargeId from charges.create or from the checkout session.`;
      }
      const idRegion = REGION_OF[digits];
      if (idRegion !== undefined && idRegion !== region) {
        return `${id} is an id of region ${idRegion}, but this client calls ${region}: use a client of ${idRegion}.`;
      }
      const idEnvironment = letter === "S" || letter === "C" ? "sandbox" : "live";
      if (idEnvironment !== environment) {
        return `${id} is an id of the ${idEnvironment} environment, but this client calls ${environment}: use a key of ${idEnvironment}.`;
      }
      const takes = text === path ? TAKES[/\/v2\/(\w+)\//.exec(path)?.[1] ?? ""] : undefined;
      const is = kind === "" ? "charge permission" : KIND_OF[kind];
      if (takes !== undefined && is !== undefined && takes !== is) {
        return `${id} is the id of a ${is}, but this call takes the id of a ${takes}.`;
      }
    }
  }
  return "";
}
