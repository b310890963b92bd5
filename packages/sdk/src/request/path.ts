import { invalidValue, type FieldIssue } from "../operations/fields/issue.ts";
import { encodeComponent } from "../signing/encode.ts";

/**
 * Fills the variable segments of a path, each percent-encoded: a buyer token may hold slashes.
 *
 * @returns the path, or what is wrong with an id. `.` and `..` are refused, because they would name another object.
 * @example fillPath("/charges/{chargeId}/capture", { chargeId: "S01-1-1-C1" }) // "/charges/S01-1-1-C1/capture"
 */
export function fillPath(template: string, params: Readonly<Record<string, unknown>>): string | FieldIssue {
  let issue: FieldIssue | undefined;
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (typeof value !== "string" || value === "") {
      issue ??= {
        reasonCode: "MissingParameterValue",
        path: name,
        message: `${name} is required: it is a text that is not empty`,
      };
      return "";
    }
    if (/^\s|\s$|[\r\n\t]/.test(value)) issue ??= invalidValue(name, "has a blank or a line break around it: trim it");
    if (value === "." || value === "..") issue ??= invalidValue(name, "is not an id");
    return encodeComponent(value);
  });
  return issue ?? path;
}
