/** Without control characters, in which some banks frame a text; a tab separates words. */
export function withoutControls(text: string): string {
  return /\p{Cc}/u.test(text) ? text.replaceAll("\t", " ").replaceAll(/\p{Cc}/gu, "") : text;
}
