/** How a text file is cut into rows of cells. */
export interface TableOptions {
  /** One ASCII character, or `tab`. Default: `,`, where a line `sep=;` or a known header does not say another. */
  readonly separator?: string;
  /**
   * Encoding of the text: `utf-8`, `utf-16`, `windows-1252`, `iso-8859-1`, `iso-8859-15`, `shift_jis`, and the other names of
   * the WHATWG encoding standard. Default: what a byte order mark says, else strict UTF-8.
   */
  readonly encoding?: string;
  /** Physical lines above the one with the column names. Default 0. */
  readonly skipLines?: number;
}

/** How the cells of a table are read: the options that readers of statements and of orders share. */
export interface ReadingOptions<Member extends string = string> extends TableOptions {
  /** Decimal sign of the amounts. Default: none is assumed, so that `1.000` is refused. */
  readonly decimal?: "." | ",";
  /** Form of the days, such as `dd.mm.yyyy`. Default: only ISO dates are read. */
  readonly dateFormat?: string;
  /** ISO 4217 code of amounts beside which the file names none. */
  readonly currency?: string;
  /** Which column holds what, where the column names are not known: `{ amount: "Total" }`, or `{ amount: "#3" }` for the third. */
  readonly map?: Readonly<Partial<Record<Member, string>>>;
}
