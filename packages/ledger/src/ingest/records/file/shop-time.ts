import { readInstant } from "@amazon-pay-kit/money";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LOCAL = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?)?(?:\s*(Z|UTC|[+-]\d{2}:?\d{2}))?$/;
const WORDED = /^([A-Za-z]{3})[a-z]*\.? (\d{1,2}), (\d{4}),? (\d{1,2}):(\d{2})(?::(\d{2}))? ?([AP]M)$/i;

function worded(text: string): string | null {
  const match = WORDED.exec(text);
  if (match === null) return null;
  const [, name = "", day = "", year = "", hour = "", minute = "", second = "00", half = ""] = match;
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  if (month === 0 || Number(hour) > 12) return null;
  const hours = (Number(hour) % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
  const two = (value: number | string): string => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${second}`;
}

/**
 * Reads the times that shops write: those of Amazon Pay, `2026-01-31 10:00:00`, `2026-01-31 10:00:00 +0100`,
 * `2026-01-31`, and `Jan 31, 2026 10:00:00 AM`.
 *
 * @param offset of the wall clock where the text has none: `+01:00`. Default UTC
 * @returns milliseconds since the epoch, or `null` for anything else: a day such as 03/04/2026 is not guessed
 */
export function readShopTime(text: string, offset = "Z"): number | null {
  const trimmed = text.trim();
  const known = readInstant(trimmed);
  if (known !== null) return known;
  const spoken = worded(trimmed);
  if (spoken !== null) return readInstant(`${spoken}${offset}`);
  const match = LOCAL.exec(trimmed);
  if (match === null) return null;
  const [, day = "", minutes = "00:00", seconds = ":00", zone = offset] = match;
  return readInstant(`${day}T${minutes}${seconds}${zone === "UTC" ? "Z" : zone}`);
}
