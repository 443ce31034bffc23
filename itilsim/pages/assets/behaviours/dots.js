"use strict";
// Makes the dots of figure 1 open their futures: a click on one, or Enter on one that is reached by Tab and the arrow keys. The dot whose
// future is open bears a ring.
(() => {
  const ask = (place, alternative, dot) =>
    place.dispatchEvent(new CustomEvent("itilsim:future", { bubbles: true, detail: { alternative, dot } }));

  // Invisible buttons lie over the dots for the keyboard and for screen readers; the pointer goes through them to the drawing.
  const lay = (place, buttons) => {
    const origin = place.parentElement.getBoundingClientRect();
    place.querySelectorAll(".scatterlayer .trace").forEach((trace, alternative) => {
      trace.querySelectorAll(".points path").forEach((point, dot) => {
        const box = point.getBoundingClientRect();
        const button = buttons[alternative]?.[dot];
        if (button) Object.assign(button.style, { left: `${box.left - origin.left}px`, top: `${box.top - origin.top}px` });
      });
    });
  };

  const opened = new WeakMap();
  const mark = (edition) => {
    const { alternative, dot } = opened.get(edition) ?? {};
    for (const button of edition.querySelectorAll('figure[data-figure="1"] .dots button')) {
      if (button.dataset.at === `${alternative} ${dot}`) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  };
  document.addEventListener("itilsim:opened", (event) => {
    const edition = event.target.closest(".edition");
    opened.set(edition, event.detail);
    mark(edition);
  });

  const listed = (place, spec) => {
    const buttons = spec.data.map((trace, alternative) =>
      trace.text.map((text, dot) => {
        const button = document.createElement("button");
        button.type = "button";
        button.tabIndex = alternative || dot ? -1 : 0;
        button.dataset.at = `${alternative} ${dot}`;
        button.setAttribute("aria-label", `${trace.name}: ${text}`);
        button.addEventListener("click", () => ask(place, alternative, dot));
        return button;
      }),
    );
    const list = document.createElement("div");
    list.className = "dots";
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", spec.layout.meta.opens);
    list.append(...buttons.flat());
    list.addEventListener("keydown", (event) => {
      const [across, down] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key] ?? [0, 0];
      if (!across && !down) return;
      event.preventDefault();
      const alternative = buttons.findIndex((row) => row.includes(event.target));
      const next = buttons[alternative + down]?.[buttons[alternative].indexOf(event.target) + across];
      if (!next) return;
      event.target.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
    place.after(list);
    place.on("plotly_click", ({ points: [point] }) => ask(place, point.curveNumber, point.pointNumber));
    place.on("plotly_afterplot", () => lay(place, buttons));
    lay(place, buttons);
    mark(place.closest(".edition"));
  };

  document.addEventListener("itilsim:drawn", (event) => {
    const place = event.target;
    if (!place.closest('figure[data-figure="1"]') || !event.detail.layout.meta.opens || place.nextElementSibling?.matches(".dots")) return;
    listed(place, event.detail);
  });
})();
