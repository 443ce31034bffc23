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
    responsive: true,
    scrollZoom: false,
    doubleClick: false,
    displayModeBar: false, // it would lie on a corner of the drawing, in English; a button below keeps the picture
  };
  const paper = { width: 673, height: 800 }; // what A4 leaves between its margins, less a title, two sentences and a note
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
    if (printing) Object.assign(figure.layout, { width: paper.width, height: Math.min(figure.layout.height, paper.height) });
    const spec = dark.matches && !printing ? tinted(figure) : figure;
    const done = Plotly.react(place, spec.data, spec.layout, config);
    place.dataset.drawn = "yes";
    place.dispatchEvent(new CustomEvent("itilsim:drawn", { bubbles: true, detail: spec }));
    return done;
  };

  const isShown = (place) => place.isConnected && !place.closest(".edition[hidden]") && !place.closest("details:not([open])");
  const places = () => [...document.querySelectorAll(".plot")];
  const shown = () => places().filter(isShown);
  const waiting = new Set();
  let busy = false;
  const next = () => {
    const [place] = waiting;
    if (!place) {
      busy = false;
      document.documentElement.dataset.drawn = String(shown().filter((each) => each.dataset.drawn).length);
      return;
    }
    waiting.delete(place);
    if (isShown(place)) draw(place);
    setTimeout(next, 0);
  };
  const drawAll = (asked) => {
    for (const place of asked) waiting.add(place);
    if (!busy) setTimeout(next, 0);
    busy = true;
  };
  const drawAgain = () => {
    for (const place of places()) delete place.dataset.drawn;
    drawAll(shown());
  };
  const drawMissing = () => drawAll(shown().filter((place) => !place.dataset.drawn));
  drawMissing();
  dark.addEventListener("change", drawAgain);
  slim.addEventListener("change", drawAgain);
  document.addEventListener("itilsim:shown", drawMissing);
  document.addEventListener("toggle", drawMissing, true);
  const forPrint = (now) => () => {
    printing = now;
    shown().forEach(draw);
  };
  window.addEventListener("beforeprint", forPrint(true));
  window.addEventListener("afterprint", forPrint(false));
})();
