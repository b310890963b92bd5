/** The part of mt940js that the tests use: it has no types of its own. */
declare module "mt940js" {
  interface Statement {
    readonly transactions: readonly { readonly amount: number; readonly date: Date }[];
  }
  const mt940js: { readonly Parser: new () => { parse(text: string, validate: boolean): Statement[] } };
  export default mt940js;
}
