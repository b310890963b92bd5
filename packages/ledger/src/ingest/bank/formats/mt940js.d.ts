/** The part of mt940js that is used here: it has no types of its own. */
declare module "mt940js" {
  interface Tag {
    /** Number of the tag: 25 account, 60 opening balance, 61 line, 86 details. */
    readonly id: number | string;
    /** Text of the tag as it stands in the file. */
    readonly data: string;
  }

  interface Statement {
    readonly accountIdentification: string;
    readonly currency: string;
    readonly transactions: readonly {
      /** Value date. */
      readonly date: Date;
      /** Booking date, where it is given. */
      readonly entryDate: Date | "";
      readonly reference: string;
      readonly bankReference: string;
      readonly details: string;
      readonly extraDetails: string;
      readonly structuredDetails?: Readonly<Record<string, string>>;
    }[];
    readonly tags: readonly Tag[];
  }

  const mt940js: { readonly Parser: new () => { parse(text: string, withTags: true): Statement[] } };
  export default mt940js;
}
