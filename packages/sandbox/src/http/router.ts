/** A row that a router can choose. */
export interface Routable {
  readonly method: string;
  readonly path: string;
}

/** A chosen row with the variable segments of the path. */
export interface Chosen<Row> {
  readonly row: Row;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds the first row whose method and path fit. `:name` takes one segment, `*` at the end all the rest (also nothing).
 * A slash at the end of the path does not matter; an encoded slash does not make a segment.
 */
export class Router<Row extends Routable> {
  readonly #rows: { readonly row: Row; readonly segments: readonly string[] }[] = [];

  /** @throws TypeError where two rows are the same */
  constructor(rows: readonly Row[]) {
    const known = new Set<string>();
    for (const row of rows) {
      const key = `${row.method} ${row.path}`;
      if (known.has(key)) throw new TypeError(`two routes for ${key}`);
      known.add(key);
      this.#rows.push({ row, segments: row.path.slice(1).split("/") });
    }
  }

  /** The row for a call; where only the method is wrong, the methods that there are; undefined for an unknown path. */
  find(method: string, path: string): Chosen<Row> | { readonly methods: readonly string[] } | undefined {
    const segments = path.replace(/^\/|\/$/g, "").split("/");
    const methods = new Set<string>();
    for (const { row, segments: template } of this.#rows) {
      const params = fit(template, segments);
      if (params === undefined) continue;
      if (row.method === "*" || row.method === method || (method === "HEAD" && row.method === "GET"))
        return { row, params };
      methods.add(row.method);
    }
    return methods.size === 0 ? undefined : { methods: [...methods] };
  }
}

function fit(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const open = template.at(-1) === "*";
  if (open ? segments.length < template.length - 1 : segments.length !== template.length) return undefined;
  const params: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [index, part] of template.entries()) {
    if (part === "*") return params;
    const segment = segments[index] ?? "";
    if (!part.startsWith(":")) {
      if (part !== segment) return undefined;
      continue;
    }
    if (segment === "") return undefined;
    try {
      params[part.slice(1)] = decodeURIComponent(segment);
    } catch {
      return undefined;
    }
  }
  return params;
}
