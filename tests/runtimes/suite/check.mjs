/** The little that a conformance case needs to check, without a test framework: it must run on every runtime. */

const shown = (value) => JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? `${inner}n` : inner));

/** Fails unless both are the same as JSON. */
export function same(actual, expected, what = "value") {
  if (shown(actual) !== shown(expected)) throw new Error(`${what}: expected ${shown(expected)}, got ${shown(actual)}`);
}

/** Fails unless the promise is rejected with an error that has these members. */
export async function rejects(promise, expected) {
  let error;
  try {
    await promise;
  } catch (reason) {
    error = reason;
  }
  if (error === undefined) throw new Error(`expected a rejection with ${shown(expected)}`);
  for (const [name, value] of Object.entries(expected)) {
    if (shown(error[name]) !== shown(value)) {
      throw new Error(`expected ${name} ${shown(value)}, got ${shown(error[name])}: ${error.message}`);
    }
  }
}
