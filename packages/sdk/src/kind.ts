// Said in one place each, because a bundle of the client asks these a hundred times.

/** Whether something is text. */
export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Whether something is an object, a list too. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
