/**
 * The one script, and an optional one: every page works without it. `/` goes to the search box; in a list `j` and `k` go to the next
 * and to the previous row, `Enter` opens it, `x` selects it and `e` goes to the reason; `?` says so.
 */
export const KEYS = `"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("main tbody tr, main .needs > li, main .chain > li")].filter((row) => row.querySelector("a[href]"));
  const rowOf = (element) => element?.closest("tr, li");
  const go = (step) => {
    const all = rows();
    const at = all.indexOf(rowOf(document.activeElement));
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))];
    const link = next?.querySelector("a[href]");
    link?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const typing = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  const ACTIONS = {
    "/": () => document.querySelector("form.find input[name=q]")?.focus(),
    j: () => go(1),
    k: () => go(-1),
    x: () => rowOf(document.activeElement)?.querySelector("input[type=checkbox]")?.click(),
    e: () => document.querySelector("[name=note]")?.focus(),
    "?": () => document.querySelector("details.keys")?.toggleAttribute("open"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && typing(event.target)) return event.target.blur();
    if (typing(event.target) && event.target.type !== "checkbox") return;
    const action = ACTIONS[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  // What only a script can do is shown only where there are scripts.
  for (const label of document.querySelectorAll("label.all")) label.hidden = false;
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("input[data-all]"))
      for (const box of document.querySelectorAll("td.pick input[type=checkbox]")) box.checked = event.target.checked;
    if (event.target.matches?.(".tools select")) event.target.form.requestSubmit();
    if (event.target.matches?.("form.drop input[type=file]") && event.target.form.checkValidity()) event.target.form.requestSubmit();
  });
})();
`;
