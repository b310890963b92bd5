"use strict";

/** What the page itself does: it shows changes as they come, sends control forms, and moves along lists by arrow keys. */
(() => {
  const live = document.getElementById("live");
  const message = document.getElementById("message");
  if (live === null || message === null) return;

  // --- pages that show changes as they come ---

  let loading = false;
  let stale = false;
  let paused = false;

  /** Fetches the page anew and takes over its content; what changes meanwhile leads to one more round. */
  const refresh = async () => {
    if (loading) {
      stale = true;
      return;
    }
    loading = true;
    do {
      stale = false;
      try {
        const answer = await fetch(location.href, { headers: { accept: "text/html" } });
        if (answer.ok) takeOver(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } catch {
        message.textContent = "The sandbox does not answer.";
      }
    } while (stale);
    loading = false;
  };

  /** @param {Document} fresh */
  const takeOver = (fresh) => {
    const content = fresh.getElementById("live");
    const focused =
      document.activeElement instanceof HTMLElement && live.contains(document.activeElement)
        ? document.activeElement
        : null;
    // Anyone who types, or has opened something, must not lose it.
    const busy = focused !== null && focused.matches("input, select, textarea");
    if (content !== null && !busy) {
      const open = [...live.querySelectorAll("details")].map((details) => details.open);
      live.replaceChildren(...content.childNodes);
      live.querySelectorAll("details").forEach((details, index) => {
        details.open = open[index] ?? details.open;
      });
      if (focused?.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
    }
    for (const selector of ["nav", "#now"]) {
      const from = fresh.querySelector(selector);
      const to = document.querySelector(selector);
      if (from !== null && to !== null && !to.contains(document.activeElement)) to.replaceWith(from);
    }
  };

  if (live.dataset["live"] === "yes") {
    const source = new EventSource("/_sandbox/ui/stream");
    source.addEventListener("change", () => {
      if (!paused) void refresh();
    });
    window.addEventListener("pagehide", () => source.close());
    const pause = document.getElementById("pause");
    pause?.addEventListener("click", () => {
      paused = !paused;
      pause.setAttribute("aria-pressed", String(paused));
      if (!paused) void refresh();
    });
  }

  // --- search while typing ---

  for (const form of document.querySelectorAll("form[data-search]")) {
    form.addEventListener("input", () => {
      if (!(form instanceof HTMLFormElement)) return;
      const query = String(new FormData(form).get("q") ?? "");
      const url = new URL(location.href);
      if (query === "") url.searchParams.delete("q");
      else url.searchParams.set("q", query);
      history.replaceState(null, "", url);
      void refresh();
    });
  }

  // --- control forms ---

  /**
   * The fields of a form as the JSON of a control call, without those that name a part of the path.
   *
   * @param {HTMLFormElement} form
   */
  const callOf = (form) => {
    /** @type {Record<string, unknown>} */
    const body = {};
    let path = form.dataset["control"] ?? "";
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string" || value.trim() === "") continue;
      if (path.includes(`{${name}}`)) {
        path = path.replace(`{${name}}`, encodeURIComponent(value));
        continue;
      }
      const field = form.elements.namedItem(name);
      const [other = "", wanted] = (field instanceof HTMLElement ? (field.dataset["only"] ?? "") : "").split("=");
      if (wanted !== undefined && new FormData(form).get(other) !== wanted) continue;
      const isNumber = field instanceof HTMLElement && field.dataset["number"] === "yes" && /^\d+$/.test(value);
      const [outer = "", inner] = name.split(".");
      const given = isNumber ? Number(value) : value;
      if (inner === undefined) body[outer] = given;
      else body[outer] = { .../** @type {object} */ (body[outer]), [inner]: given };
    }
    return { path, body };
  };

  /**
   * What a control call came to, with links to what it made.
   *
   * @param {any} result
   * @returns {(string | Node)[]}
   */
  const outcome = (result) => {
    /** @type {(text: string, href: string) => Node} */
    const link = (text, href) => Object.assign(document.createElement("a"), { textContent: text, href });
    const ui = "/_sandbox/ui";
    if (typeof result?.replayOf === "number") {
      const code = result.reasonCode === null ? "" : ` ${result.reasonCode}`;
      const answered = result.status === 0 ? "No answer. " : `Answered ${result.status}${code}. `;
      if (typeof result.eventId !== "number") return [answered];
      const both = new URLSearchParams({ kind: "calls", left: `${result.replayOf}`, right: `${result.eventId}` });
      return [
        answered,
        link("Open the new call", `${ui}/calls/${result.eventId}`),
        " · ",
        link("Compare", `${ui}/compare?${both}`),
      ];
    }
    if (typeof result?.disputeId === "string" && result.state === undefined) {
      return ["Done: dispute ", link(result.disputeId, `${ui}/objects/disputes/${result.disputeId}`)];
    }
    if (typeof result?.chargePermissionId === "string" && result.state === undefined) {
      return [
        "Done: charge permission ",
        link(result.chargePermissionId, `${ui}/objects/permissions/${result.chargePermissionId}`),
      ];
    }
    if (typeof result?.redirectUrl === "string") return [`Done. The buyer’s browser goes to ${result.redirectUrl}`];
    return ["Done."];
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset["control"] === undefined) return;
    event.preventDefault();
    if (form.dataset["confirm"] !== undefined && !confirm(form.dataset["confirm"])) return;
    const { path, body } = callOf(form);
    const method = form.dataset["method"] ?? "POST";
    const answer = await fetch(`/_sandbox${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(method === "DELETE" ? {} : { body: JSON.stringify(body) }),
    }).catch(() => null);
    const result = answer === null ? null : await answer.json().catch(() => null);
    const failure = answer?.ok === true ? null : (result?.error?.message ?? "The sandbox does not answer.");
    message.className = failure === null ? "done" : "failed";
    message.replaceChildren(...(failure === null ? outcome(result) : [failure]));
    if (document.activeElement instanceof HTMLElement && failure === null) document.activeElement.blur();
    await refresh();
  });

  // --- copying ---

  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
    const text = button?.parentElement?.querySelector("pre")?.textContent;
    if (button === null || text === null || text === undefined) return;
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  });

  // --- arrow keys along a list, while one of its lines has the focus ---

  document.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const line = document.activeElement;
    const list = line?.closest("[data-rows]");
    if (step === 0 || list === null || list === undefined) return;
    const lines = [...list.querySelectorAll("a")];
    const next = lines[lines.findIndex((one) => one === line) + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
})();
