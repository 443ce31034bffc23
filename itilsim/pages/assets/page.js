"use strict";
// Draws one figure a tick, in the reader's colours and width, and draws again when either changes.
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
    return Plotly.react(place, spec.data, spec.layout, { ...config, displayModeBar: slim.matches ? false : "hover" });
  };

  const places = [...document.querySelectorAll(".plot")];
  const drawAll = () => {
    const waiting = [...places];
    const next = () => {
      const place = waiting.shift();
      if (!place) {
        document.documentElement.dataset.drawn = String(places.length);
        return;
      }
      draw(place);
      setTimeout(next, 0);
    };
    setTimeout(next, 0);
  };
  drawAll();
  dark.addEventListener("change", drawAll);
  slim.addEventListener("change", drawAll);
  const forPrint = (now) => () => {
    printing = now;
    places.forEach(draw);
  };
  window.addEventListener("beforeprint", forPrint(true));
  window.addEventListener("afterprint", forPrint(false));
})();
