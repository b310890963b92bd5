/** What an element is made of; on a server, where there are none, something that nobody makes an object of. */
export const ElementBase: typeof HTMLElement = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/**
 * Gives a class of elements its properties: each falls back to the attribute when it is not set.
 *
 * @param names the properties
 * @param changed called on the element after one was set
 */
export function defineProperties(
  prototype: object,
  names: readonly string[],
  given: (element: object) => Map<string, unknown>,
  changed: (element: object) => void,
): void {
  for (const name of names) {
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: object): unknown {
        return given(this).get(name);
      },
      set(this: object, value: unknown) {
        given(this).set(name, value);
        changed(this);
      },
    });
  }
}

/** A framework may have set properties before the element's class was known: they lie on the object, in front of the class's own. */
export function takeEarlyProperties(element: object, names: readonly string[]): void {
  for (const name of names) {
    const own = Object.getOwnPropertyDescriptor(element, name);
    if (own === undefined) continue;
    Reflect.deleteProperty(element, name);
    Reflect.set(element, name, own.value);
  }
}
