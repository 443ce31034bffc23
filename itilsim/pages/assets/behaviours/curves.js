"use strict";
// A name in the row above curves brings out its own: while pointed at or focused, and for as long as it is pressed.
(() => {
  const bring = (figure, curve) => {
    const place = figure.querySelector(".plot");
    if (!place?.itilsimOpacity) return;
    const opacity = place.data.map((trace, i) =>
      curve === null || trace.legendgroup === undefined ? place.itilsimOpacity[i] : trace.legendgroup === curve ? 1 : 0.15,
    );
    Plotly.restyle(place, { opacity });
  };
  const pressed = (figure) => figure.querySelector('[data-curve][aria-pressed="true"]')?.dataset.curve ?? null;

  document.addEventListener("itilsim:drawn", (event) => {
    const figure = event.target.closest("figure");
    const buttons = [...(figure?.querySelectorAll("[data-curve]") ?? [])];
    if (!buttons.length) return;
    const place = event.target;
    const isNew = !place.itilsimOpacity;
    place.itilsimOpacity = event.detail.data.map((trace) => trace.opacity ?? 1);
    if (pressed(figure) !== null) bring(figure, pressed(figure));
    if (!isNew) return;
    for (const button of buttons) {
      const own = () => bring(figure, button.dataset.curve);
      const back = () => bring(figure, pressed(figure));
      button.addEventListener("pointerenter", own);
      button.addEventListener("focus", own);
      button.addEventListener("pointerleave", back);
      button.addEventListener("blur", back);
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") !== "true";
        for (const each of buttons) each.setAttribute("aria-pressed", String(on && each === button));
        bring(figure, pressed(figure));
      });
    }
  });
})();
