"use strict";
// A dot opens its future: figure 9 shows its course, and its story is asked for here, with what its twin differs by.
(() => {
  const root = document.querySelector(".split");
  if (!root) return;
  const { itilsim } = window;
  const FIGURE = 'figure[data-figure="9"]';
  const box = document.createElement("div");
  box.className = "told";
  box.setAttribute("aria-live", "polite");
  let chosen = null;
  let isWaiting = false;

  const lists = (figure) => Object.fromEntries([...figure.querySelectorAll("select[data-choose]")].map((each) => [each.dataset.choose, each]));
  const values = (figure) => Object.fromEntries(Object.entries(lists(figure)).map(([name, list]) => [name, list.value]));
  const ask = (figure) => {
    const { alternative, dot, twin } = values(figure);
    isWaiting = !dot;
    if (isWaiting) return;
    const held = JSON.parse(document.getElementById("futures").textContent);
    const replication = held.numbers[held.dots[alternative][dot]];
    chosen = { alternative, dot, twin };
    box.dataset.state = "asking";
    const { state, language } = itilsim.workbench;
    const question = { alternative: Number(alternative), twin: Number(twin), replication };
    itilsim.ask("future", { case: root.dataset.case, language, state: state(), serial: root.dataset.serial, ...question });
  };
  itilsim.on("future", (told) => {
    if (told.serial !== root.dataset.serial) return;
    box.innerHTML = told.html ?? "";
    if (told.fault) box.textContent = told.fault.join(" ");
    box.dataset.state = "told";
  });

  // After every drawing from more worlds the future that was chosen is chosen again; the dot may stand for a nearer one by then.
  document.addEventListener("itilsim:swapped", (event) => {
    const figure = event.detail.querySelector(FIGURE);
    if (!figure) return;
    figure.querySelector(".future-story")?.after(box);
    if (!chosen) return;
    for (const name of ["alternative", "dot", "twin"]) {
      const list = lists(figure)[name];
      if (list.value === chosen[name] || ![...list.options].some((each) => each.value === chosen[name])) continue;
      list.value = chosen[name];
      list.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: "again" }));
    }
  });
  document.addEventListener("itilsim:drawn", (event) => {
    const figure = event.target.closest(`:not(.staged) > details > ${FIGURE}`);
    if (!figure) return;
    if (!figure.contains(box)) figure.querySelector(".future-story")?.after(box);
    if (isWaiting) ask(figure);
  });
  document.addEventListener("itilsim:future", (event) => {
    const figure = event.target.closest(".edition").querySelector(FIGURE);
    if (figure) setTimeout(() => ask(figure), 0);
  });
  document.addEventListener("change", (event) => {
    const figure = event.target.closest?.(FIGURE);
    if (figure && event.detail !== "again") ask(figure);
  });
  document.addEventListener("toggle", (event) => {
    const figure = event.target.open && event.target.querySelector?.(`:scope > ${FIGURE}`);
    if (figure && !chosen) setTimeout(() => ask(figure), 0);
  }, true);
  document.addEventListener("itilsim:asked", () => {
    chosen = null;
    box.replaceChildren();
  });
})();
