import { KitError } from "../../errors/kit-error.ts";

/** A text that is no XML, or uses what the answers of MWS never use. The MWS client turns it into an `MwsError`. */
export class XmlError extends KitError {
  override readonly name = "XmlError";
  readonly code = "mws.xml";
}
