const DAY = 86_400_000;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Bytes of `2015-10-01T07:06:47 -0700`. */
export const INSTANT_BYTES = 25;

/**
 * Reads the times of real files, `2015-10-01T07:06:47 -0700`, straight from their bytes.
 *
 * Day and offset are remembered: in a file they change far less often than the time of day.
 */
export class InstantBytes {
  // Bytes make whole numbers only, so what nothing has been compared with yet is NaN, which equals nothing.
  #yearMonth = Number.NaN;
  #day = Number.NaN;
  #dayMillis = Number.NaN;
  #sign = Number.NaN;
  #zone = Number.NaN;
  #zoneMillis = Number.NaN;

  /**
   * Milliseconds since the epoch, or -1 when the 25 bytes at `at` are no such time.
   *
   * The caller sees to it that there are as many bytes.
   */
  read(bytes: Uint8Array, at: number): number {
    if (
      bytes[at + 4] !== 0x2d ||
      bytes[at + 7] !== 0x2d ||
      bytes[at + 10] !== 0x54 ||
      bytes[at + 13] !== 0x3a ||
      bytes[at + 16] !== 0x3a ||
      bytes[at + 19] !== 0x20
    ) {
      return -1;
    }
    const yearMonth = word(bytes, at, at + 2);
    const day = word(bytes, at + 5, at + 8);
    if ((yearMonth !== this.#yearMonth || day !== this.#day) && !this.#newDay(bytes, at)) return -1;
    this.#yearMonth = yearMonth;
    this.#day = day;
    // Sign and digits are compared each by itself: made into one number, two texts could share it.
    const sign = bytes[at + 20] ?? 0;
    const zone = word(bytes, at + 21, at + 23);
    if ((zone !== this.#zone || sign !== this.#sign) && !this.#newZone(bytes, at + 20)) return -1;
    this.#sign = sign;
    this.#zone = zone;
    const hour = twoDigits(bytes, at + 11);
    const minute = twoDigits(bytes, at + 14);
    const second = twoDigits(bytes, at + 17);
    if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 59) return -1;
    const instant = this.#dayMillis + (hour * 3600 + minute * 60 + second) * 1000 + this.#zoneMillis;
    return instant < 0 ? -1 : instant;
  }

  #newDay(bytes: Uint8Array, at: number): boolean {
    const century = twoDigits(bytes, at);
    const rest = twoDigits(bytes, at + 2);
    const month = twoDigits(bytes, at + 5);
    const day = twoDigits(bytes, at + 8);
    const year = century * 100 + rest;
    if (century < 0 || rest < 0 || year < 1970 || month < 1 || month > 12 || day < 1) return false;
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    if (day > (DAYS_IN_MONTH[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0)) return false;
    const before = year - 1;
    const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477;
    const days =
      (year - 1970) * 365 + leapDays + (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (leap && month > 2 ? 1 : 0) + day - 1;
    this.#dayMillis = days * DAY;
    return true;
  }

  #newZone(bytes: Uint8Array, at: number): boolean {
    const hours = twoDigits(bytes, at + 1);
    const minutes = twoDigits(bytes, at + 3);
    if (bytes[at] !== 0x2d && bytes[at] !== 0x2b) return false;
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return false;
    this.#zoneMillis = (bytes[at] === 0x2d ? 1 : -1) * (hours * 60 + minutes) * 60_000;
    return true;
  }
}

/** Four bytes, two at each place, as one number to compare with. */
function word(bytes: Uint8Array, first: number, second: number): number {
  return (
    ((bytes[first] ?? 0) << 24) |
    ((bytes[first + 1] ?? 0) << 16) |
    ((bytes[second] ?? 0) << 8) |
    (bytes[second + 1] ?? 0)
  );
}

/** The number that two digits make, or less than 0 for other bytes. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? -1 : tens * 10 + ones;
}
