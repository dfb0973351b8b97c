/* The combobox of governance/forms/picker.py: htmx fetches the options, this moves among them. */
(() => {
  const box = (el) => (el && el.matches && el.matches(".picker [role=combobox]") ? el : null);
  const list = (input) => document.getElementById(input.getAttribute("aria-controls"));
  const options = (input) => [...list(input).querySelectorAll("[role=option]:not([aria-disabled])")];

  const open = (input, on) => {
    list(input).hidden = !on;
    input.setAttribute("aria-expanded", String(on));
    if (!on) mark(input, null);
  };
  const mark = (input, option) => {
    for (const o of options(input)) o.setAttribute("aria-selected", String(o === option));
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const choose = (input, option) => {
    input.value = option.dataset.value;
    open(input, false);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("htmx:configRequest", (e) => {
    if (box(e.target)) e.detail.parameters.q = e.target.value;
  });
  document.addEventListener("htmx:afterSettle", (e) => {
    const input = document.querySelector(`.picker [aria-controls="${e.target.id}"]`);
    if (!input) return;
    open(input, document.activeElement === input && list(input).childElementCount > 0);
    const said = list(input).querySelector("[data-said]");
    input.parentElement.querySelector("[role=status]").textContent = said ? said.dataset.said : "";
  });
  document.addEventListener("keydown", (e) => {
    const input = box(e.target);
    if (!input) return;
    const all = options(input), now = all.findIndex((o) => o.getAttribute("aria-selected") === "true");
    const shown = !list(input).hidden;
    if ((e.key === "ArrowDown" || e.key === "ArrowUp") && all.length) {
      e.preventDefault();
      open(input, true);
      const step = e.key === "ArrowDown" ? now + 1 : now < 0 ? all.length - 1 : now - 1 + all.length;
      mark(input, all[step % all.length]);
    } else if (e.key === "Enter" && shown && now >= 0) {
      e.preventDefault();
      choose(input, all[now]);
    } else if (e.key === "Escape" && shown) {
      e.stopPropagation();
      open(input, false);
    }
  });
  document.addEventListener("mousedown", (e) => {
    if (e.target.closest(".picker .options")) e.preventDefault();
  });
  document.addEventListener("click", (e) => {
    const option = e.target.closest && e.target.closest(".picker [role=option]:not([aria-disabled])");
    if (option) choose(option.closest(".picker").querySelector("[role=combobox]"), option);
  });
  document.addEventListener("focusout", (e) => { if (box(e.target)) open(e.target, false); });
})();
