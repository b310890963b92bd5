/**
 * Says in the console what is wrong with a call, all at once, and what to do.
 *
 * @param {string} call name of the function as the page knows it
 * @param {readonly string[]} problems
 */
export function complain(call, problems) {
  console.error(
    `${call}: ${problems.length === 1 ? problems[0] : `\n${problems.map((problem) => `  - ${problem}`).join("\n")}`}`,
  );
}

/**
 * Says in the console what is odd about a call, though it goes on.
 *
 * @param {string} call
 * @param {string} remarkable
 */
export function remark(call, remarkable) {
  console.warn(`${call}: ${remarkable}`);
}

/** @param {unknown} value */
export function shown(value) {
  if (typeof value === "string") return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
  if (value === null || typeof value !== "object") return String(value);
  return Array.isArray(value) ? "a list" : "an object";
}

/**
 * The element that a selector means. Complains when there is none.
 *
 * @param {string} call
 * @param {unknown} selector
 * @returns {Element | null}
 */
export function findPlace(call, selector) {
  if (selector instanceof Element) return selector;
  if (typeof selector !== "string" || selector === "") {
    complain(call, [`the first argument must be a CSS selector such as "#AmazonPayButton", not ${shown(selector)}`]);
    return null;
  }
  try {
    const place = document.querySelector(selector);
    if (place === null) {
      complain(call, [`no element matches ${shown(selector)}; call it after the element is in the page`]);
    }
    return place;
  } catch {
    complain(call, [`${shown(selector)} is not a CSS selector`]);
    return null;
  }
}
