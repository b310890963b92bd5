/** What people read in a page as it was sent: its texts, and its tables with their files. */

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

/** Parts that are the same in every language: ids, codes, what the books wrote in English, names of the languages. */
const NOT_WORDS = /<(\w+)(?=[^>]*(?: lang="\w+"| class="(?:mono|[^"]* mono)"))[^>]*>[^<]*<\/\1>/g;

/** Every text of a page that should be in the reader's language, spoken ones and tooltips too. */
export function textsOf(html: string): readonly string[] {
  const words = html
    .replace(/<(?:b|a|span) class="mono"[^>]*><a [^>]*>[^<]*<\/a><\/\w+>/g, "")
    .replaceAll(NOT_WORDS, "");
  const texts = [...words.matchAll(/>([^<]+)</g), ...words.matchAll(/ (?:aria-label|placeholder|title)="([^"]*)"/g)];
  return [...new Set(texts.map(([, text]) => unescaped(text ?? "").trim()))].filter((text) => text !== "");
}

/** Texts of a page in one language that stand in the same words in its translation, and have words at all. */
export function untranslated(
  english: string,
  translated: string,
  /** Names that are the same everywhere. */
  names: RegExp,
): readonly string[] {
  const there = new Set(textsOf(translated));
  return textsOf(english).filter((text) => there.has(text) && /\p{L}{2,}/u.test(text.replaceAll(names, "")));
}

/** A table of a page: how many rows it shows, and where its file is. */
export interface Listing {
  readonly caption: string;
  readonly rows: number;
  /** Ids and amounts of its first row. */
  readonly first: readonly string[];
  readonly file: string | undefined;
  /** Whether it says that there is more: a next page, or how many of all it shows. */
  readonly more: boolean;
}

/** The tables of a page, in order. @throws Error for a table outside of a listing, which could have no file */
export function listingsOf(html: string): readonly Listing[] {
  const parts = html.split('<div class="listing">').slice(1);
  const tables = (text: string): number => text.split("<table").length - 1;
  const found = parts.filter((part) => tables(part) > 0);
  if (found.length !== tables(html)) throw new Error(`${tables(html)} tables, ${found.length} of them in a listing`);
  return found.map((part) => {
    const body = /<tbody>(.*?)<\/tbody>/s.exec(part)?.[1] ?? "";
    const rows = [...body.matchAll(/<tr class="(?!sum)[^"]*">(.*?)<\/tr>/gs)].map(([, row]) => row ?? "");
    return {
      caption: unescaped(/<caption>([^<]*)</.exec(part)?.[1] ?? ""),
      rows: rows.length,
      first: [...(rows[0] ?? "").matchAll(/>([\w-]*\d{4,}[\w-]*)</g)].map(([, id]) => id ?? ""),
      file: unescaped(/class="csv" href="([^"]+)"/.exec(part)?.[1] ?? "") || undefined,
      more: /rel="next"|class="[^"]*\bsome-of\b/.test(part),
    };
  });
}
