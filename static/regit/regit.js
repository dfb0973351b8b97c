/* Comforts on top of pages that are complete without them: search key, menus, one submit, live region. */
(() => {
  const typing = (el) => el.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (e) => {
    const search = document.getElementById("search");
    if (e.key === "/" && search && !typing(e.target) && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
      search.focus();
      search.select();
    }
    if (e.key !== "Escape") return;
    if (e.target === search) search.blur();
    const menu = document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (e) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(e.target)) menu.open = false;
    if (e.target.closest("[data-print]")) window.print();
  });

  /* A form goes once; the button is never disabled, or its value would be lost. */
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (!form.matches("form[data-once]")) return;
    if (form.dataset.sent) e.preventDefault();
    form.dataset.sent = "1";
    delete form.dataset.dirty;
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  /* Pages are not stored by the browser, so Back would lose what was typed: ask first. */
  document.addEventListener("input", (e) => {
    const form = e.target.form;
    if (form && form.matches("form[data-once]")) form.dataset.dirty = "1";
  });
  addEventListener("beforeunload", (e) => {
    if (document.querySelector("form[data-dirty]:not([data-sent])")) e.preventDefault();
  });

  /* htmx: no empty parameters in the address, and what was replaced is said aloud. */
  const say = (text) => { document.getElementById("live").textContent = text; };
  document.addEventListener("htmx:configRequest", (e) => {
    if (!e.target.matches("form[data-list]")) return;
    const sent = e.detail.parameters;
    for (const name of Object.keys(sent)) if (sent[name] === "") delete sent[name];
  });
  document.addEventListener("htmx:afterSettle", (e) => {
    const told = e.target.matches("[data-live]") ? e.target : e.target.querySelector("[data-live]");
    if (told) say(told.dataset.live);
  });
  for (const failed of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failed, () => {
      const trouble = document.getElementById("trouble");
      trouble.hidden = false;
      say(trouble.textContent);
    });
  }
})();
