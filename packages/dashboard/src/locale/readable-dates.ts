import type { Formatter } from "./format.ts";

const INSTANT = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g;
const DAY = /(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])/g;

/** A sentence of the books with its moments and days as people write them: `24 Aug 2026, 07:01` for `2026-08-24T07:01:10Z`. */
export function readableDates(text: string, format: Formatter): string {
  const written = (show: (instant: number) => string) => (found: string) => {
    const instant = Date.parse(found);
    return Number.isNaN(instant) ? found : show(instant);
  };
  return text.replaceAll(INSTANT, written(format.moment)).replaceAll(DAY, written(format.bankDay));
}
