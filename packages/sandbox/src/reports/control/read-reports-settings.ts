import { onlyMembers } from "../../control/read-members.ts";
import { truth, wholeNumber, wordOf, type Fields } from "../../settlement/control/read-fields.ts";
import type { ReportsSettings } from "../settings.ts";

type Readers = { readonly [Name in keyof ReportsSettings]: (value: unknown) => ReportsSettings[Name] };

const YEAR_IN_MINUTES = 527_040;

const READERS: Readers = {
  bom: (value) => wordOf("bom", value, ["auto", "always", "never"]),
  lineEnd: (value) => wordOf("lineEnd", value, ["lf", "crlf"]),
  thousands: (value) => truth("thousands", value),
  padDecimals: (value) => truth("padDecimals", value),
  zeros: (value) => wordOf("zeros", value, ["bare", "digits"]),
  spaceBeforeOffset: (value) => truth("spaceBeforeOffset", value),
  offsetMinutes: (value) => wholeNumber("offsetMinutes", value, -840, 840),
  quoting: (value) => wordOf("quoting", value, ["all", "minimal"]),
  rowPerState: (value) => truth("rowPerState", value),
  compression: (value) => wordOf("compression", value, ["none", "gzip", "zip"]),
  daily: (value) => truth("daily", value),
  automaticAfterMinutes: (value) => wholeNumber("automaticAfterMinutes", value, 0, YEAR_IN_MINUTES),
  startsAfterSeconds: (value) => wholeNumber("startsAfterSeconds", value, 0, 86_400),
  endsAfterSeconds: (value) => wholeNumber("endsAfterSeconds", value, 0, 86_400),
  mwsNamespace: (value) => wordOf("mwsNamespace", value, ["mws.amazonaws.com", "mws.amazonservices.com"]),
  mwsBlanks: (value) => truth("mwsBlanks", value),
  scheduleConflictStatus: (value) => (wholeNumber("scheduleConflictStatus", value, 400, 409) === 409 ? 409 : 400),
};

/**
 * Reads the settings that a caller wants changed.
 *
 * @throws ControlError for unknown members and for values that no setting can have
 */
export function readReportsSettings(body: Fields): Partial<ReportsSettings> {
  onlyMembers(body, ...Object.keys(READERS));
  const changes: Record<string, unknown> = {};
  for (const name of Object.keys(body) as (keyof ReportsSettings)[]) changes[name] = READERS[name](body[name]);
  return changes;
}
