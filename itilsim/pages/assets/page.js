"use strict";
// Draws the shown edition's figures one a tick, in the reader's colours and width, and draws again when any of these changes.
// After each drawing the place fires "itilsim:drawn" with the figure's data, for the behaviours that make a figure answer its controls.
(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const slim = window.matchMedia("(max-width: 760px)");
  const swaps = JSON.parse(document.getElementById("dark").textContent);
  const config = {
    showSendToCloud: false,
    plotlyServerURL: "",
    displaylogo: false,
    responsive: true,
    scrollZoom: false,
    doubleClick: false,
    modeBarButtons: [["toImage"]],
    toImageButtonOptions: { format: "png", scale: 2 },
  };
  let printing = false;

  const tinted = (value) => {
    if (typeof value === "string") return swaps[value] ?? value;
    if (Array.isArray(value)) return value.map(tinted);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, tinted(each)]));
    return value;
  };

  const put = (target, path, value) => {
    const keys = path.split(".");
    const last = keys.pop();
    for (const key of keys) target = target[key] ??= {};
    target[last] = value;
  };

  const draw = (place) => {
    const figure = JSON.parse(document.getElementById(place.dataset.from).textContent);
    const narrow = figure.layout.meta.narrow;
    if (slim.matches && !printing) {
      figure.layout.height = narrow.height;
      for (const [path, value] of Object.entries(narrow.layout)) put(figure.layout, path, value);
      for (const [path, value] of Object.entries(narrow.traces)) for (const trace of figure.data) put(trace, path, value);
    }
    const spec = dark.matches && !printing ? tinted(figure) : figure;
    const done = Plotly.react(place, spec.data, spec.layout, { ...config, displayModeBar: slim.matches ? false : "hover" });
    place.dataset.drawn = "yes";
    place.dispatchEvent(new CustomEvent("itilsim:drawn", { bubbles: true, detail: spec }));
    return done;
  };

  const shown = () => [...document.querySelectorAll(".edition:not([hidden]) .plot")].filter((place) => !place.closest("details:not([open])"));
  let turn = 0;
  const drawAll = (places) => {
    const own = ++turn;
    const waiting = [...places];
    const next = () => {
      if (own !== turn) return;
      const place = waiting.shift();
      if (!place) {
        document.documentElement.dataset.drawn = String(document.querySelectorAll(".edition:not([hidden]) .plot[data-drawn]").length);
        return;
      }
      draw(place);
      setTimeout(next, 0);
    };
    setTimeout(next, 0);
  };
  drawAll(shown());
  dark.addEventListener("change", () => drawAll(shown()));
  slim.addEventListener("change", () => drawAll(shown()));
  document.addEventListener("itilsim:shown", () => drawAll(shown()));
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.open) drawAll([...event.target.querySelectorAll(".plot:not([data-drawn])")]);
    },
    true,
  );
  const forPrint = (now) => () => {
    printing = now;
    shown().forEach(draw);
  };
  window.addEventListener("beforeprint", forPrint(true));
  window.addEventListener("afterprint", forPrint(false));
})();
