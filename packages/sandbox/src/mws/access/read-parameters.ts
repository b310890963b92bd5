import { textOf, type Call } from "../../http/call.ts";
import { MwsError } from "../mws-error.ts";

/** Parameters of a call by name, decoded. */
export type Parameters = ReadonlyMap<string, string>;

/** Most parameters that a call may have: the longest list has 100 entries. */
const MOST_PARAMETERS = 1000;

/**
 * The parameters of a call: the query of a GET, the form of a POST, or the query of a POST without a form.
 *
 * @throws MwsError `InvalidParameterValue` for broken encoding, a parameter that comes twice, and too many of them
 */
export function readParameters(call: Call): Parameters {
  const form = call.method === "POST" ? textOf(call) : "";
  const parameters = new Map<string, string>();
  for (const pair of (form === "" ? call.query : form).split("&")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const name = decoded(at < 0 ? pair : pair.slice(0, at));
    if (parameters.has(name)) throw new MwsError("InvalidParameterValue", `Parameter ${shown(name)} comes twice.`);
    parameters.set(name, decoded(at < 0 ? "" : pair.slice(at + 1)));
    if (parameters.size > MOST_PARAMETERS)
      throw new MwsError("InvalidParameterValue", "There are too many parameters.");
  }
  return parameters;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new MwsError("InvalidParameterValue", "The parameters are not percent-encoded UTF-8.");
  }
}

/** A name that a caller made up, short enough for a message. */
export function shown(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

/** A parameter that must be there. @throws MwsError `MissingParameter` */
export function requiredParameter(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined || value === "") {
    throw new MwsError("MissingParameter", `The request must contain the parameter ${name}.`);
  }
  return value;
}
