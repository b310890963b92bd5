import { VERSION } from "../client/user-agent.ts";
import { MwsError } from "./errors.ts";
import { isText } from "../kind.ts";

/** What a program calls itself towards MWS. */
export interface UserAgentParts {
  /** Name of the program. */
  readonly application: string;
  /** Its version. */
  readonly version: string;
  /** Further attributes, for example `Platform`. `Language` is always there. */
  readonly attributes?: Readonly<Record<string, string>>;
}

const LONGEST = 500;
const PRINTABLE = /^[\x20-\x7E]+$/;

// A slash ends the application, a parenthesis the version, an equals sign a name, a semicolon a value; elsewhere in the
// part a backslash goes before them.
const escaped = (text: string, special: string): string =>
  text.replaceAll(/[\\/();=]/g, (character) => (special.includes(character) ? `\\${character}` : character));

/**
 * The User-Agent that MWS asks for: `Application/Version (Language=…; Name=Value)`, at most 500 characters (MWS
 * Reports API reference). Anything else is refused by the service with UserAgentHeaderMalformed.
 *
 * @throws MwsError `mws.bad-option`
 */
export function userAgentText(parts: UserAgentParts = { application: "AmazonPayKit", version: VERSION }): string {
  const attributes = Object.entries({ Language: "TypeScript", ...parts.attributes });
  for (const value of [parts.application, parts.version, ...attributes.flat()]) {
    if (isText(value) && PRINTABLE.test(value)) continue;
    throw new MwsError("mws.bad-option", "`userAgent` must consist of printable ASCII texts that are not empty");
  }
  const list = attributes.map(([name, value]) => `${escaped(name, "\\=")}=${escaped(value, "\\;)")}`).join("; ");
  const text = `${escaped(parts.application, "\\/")}/${escaped(parts.version, "\\(")} (${list})`;
  if (text.length > LONGEST) throw new MwsError("mws.bad-option", `\`userAgent\` is longer than ${LONGEST} characters`);
  return text;
}
