/** A field of a batch's line. Printable ASCII stays as it is; all else is a JSON string in ASCII: a byte is a character. */
export function encodeField(text: string): string {
  if (/^[ !#-~][ -~]*$/.test(text)) return text;
  return JSON.stringify(text).replaceAll(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export const decodeField = (field: string): string => (field.startsWith('"') ? (JSON.parse(field) as string) : field);
