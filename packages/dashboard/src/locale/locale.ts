/** Languages of numbers, dates and words. */
export const LOCALES = ["en", "de", "ja"] as const;

/** One of {@link LOCALES}. */
export type LocaleName = (typeof LOCALES)[number];

/** Whether a text names a language of the dashboard. */
function isLocale(name: string | undefined): name is LocaleName {
  return (LOCALES as readonly string[]).includes(name ?? "");
}

/**
 * The language to show: `?lang=`, then the cookie, then the browser's preference, then English.
 *
 * @param accept value of the `Accept-Language` header
 */
export function chooseLocale(
  query: string | undefined,
  cookie: string | undefined,
  accept: string | undefined,
): LocaleName {
  if (isLocale(query)) return query;
  if (isLocale(cookie)) return cookie;
  const preferences = (accept ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", quality] = part.trim().split(";q=");
      return { language: tag.slice(0, 2).toLowerCase(), weight: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .sort((left, right) => right.weight - left.weight);
  return preferences.map(({ language }) => language).find(isLocale) ?? "en";
}
