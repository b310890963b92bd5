/** Origin of the sandbox: wherever this script came from. */
export const sandboxOrigin = (() => {
  const script = document.currentScript;
  return new URL(script instanceof HTMLScriptElement ? script.src : location.href).origin;
})();

/**
 * Leaves the page, or fills another window, with a POST to the sandbox.
 *
 * @param {string} path
 * @param {Record<string, string | undefined>} fields undefined ones are left out
 * @param {string} [target] name of the window; this one when left out
 */
export function postToSandbox(path, fields, target = "_self") {
  const form = document.createElement("form");
  form.method = "POST";
  form.action = sandboxOrigin + path;
  form.target = target;
  form.acceptCharset = "utf-8";
  form.hidden = true;
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
  form.remove();
}
