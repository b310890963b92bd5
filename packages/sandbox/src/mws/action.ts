import type { Engine } from "../engine/engine.ts";
import type { Merchant } from "../engine/objects/index.ts";
import type { Answer } from "../http/call.ts";
import type { Parameters } from "./access/read-parameters.ts";
import type { Quota } from "./quotas.ts";
import type { Element } from "./xml/element.ts";

/** A call of MWS that is known to come from the merchant. */
export interface ActionCall {
  readonly engine: Engine;
  readonly merchant: Merchant;
  readonly parameters: Parameters;
  /** Refuse what the live service refuses for Amazon Pay. */
  readonly strict: boolean;
}

/** An operation of the Reports API of MWS. */
export interface MwsAction {
  readonly quota: Quota;
  /** @returns the elements of the result, or the whole answer where it is no XML */
  readonly run: (call: ActionCall) => readonly (Element | undefined)[] | Answer;
}
