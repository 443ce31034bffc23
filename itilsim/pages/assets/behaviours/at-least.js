"use strict";
// Figure 3: the target follows the mouse on the chart or the range above it; sentence, amounts and chances are chosen from the figure's data.
// Both editions show the same target, and a figure that is drawn from other numbers the one that is nearest to it.
(() => {
  let chosen = null;
  let amount = null;
  const waiting = new Set();

  const line = (place) => {
    if (waiting.has(place)) return;
    waiting.add(place);
    requestAnimationFrame(() => {
      waiting.delete(place);
      const { amount: x, handle } = place.itilsimTargets[chosen];
      Plotly.relayout(place, { "shapes[0].x0": x, "shapes[0].x1": x, "annotations[0].x": x, "annotations[0].text": handle });
    });
  };

  const show = (place) => {
    const target = place.itilsimTargets[chosen];
    const figure = place.closest("figure");
    const range = figure.querySelector("input[type=range]");
    range.value = String(chosen);
    range.setAttribute("aria-valuetext", target.spoken);
    figure.querySelector("output").textContent = target.spoken;
    for (const cell of figure.querySelectorAll("[data-cell]")) cell.textContent = target.cells[Number(cell.dataset.cell)];
    itilsimSay(place, target.said);
    line(place);
  };

  const choose = (place, next) => {
    const last = place.itilsimTargets.length - 1;
    const bounded = Math.min(last, Math.max(0, next));
    if (bounded === chosen) return;
    chosen = bounded;
    amount = place.itilsimTargets[chosen].amount;
    show(place);
  };

  const closest = (targets, at) => {
    const gaps = targets.map((each) => Math.abs(each.amount - at));
    return gaps.indexOf(Math.min(...gaps));
  };

  const nearest = (place, event) => {
    const { xaxis } = place._fullLayout;
    const at = xaxis.p2l(event.clientX - place.getBoundingClientRect().left - xaxis._offset);
    return closest(place.itilsimTargets, at);
  };

  const inside = (place, event) => {
    const { xaxis, yaxis } = place._fullLayout;
    const box = place.getBoundingClientRect();
    const x = event.clientX - box.left - xaxis._offset;
    const y = event.clientY - box.top - yaxis._offset;
    return x >= 0 && x <= xaxis._length && y >= -48 && y <= yaxis._length;
  };

  const listen = (place) => {
    let dragged = null;
    place.closest("figure").querySelector("input[type=range]").addEventListener("input", (event) => choose(place, Number(event.target.value)));
    place.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.target.closest(".modebar") || !inside(place, event)) return;
      dragged = event.pointerId;
      place.setPointerCapture(dragged);
      choose(place, nearest(place, event));
    });
    place.addEventListener("pointermove", (event) => {
      if (event.pointerId === dragged) choose(place, nearest(place, event));
    });
    for (const end of ["pointerup", "pointercancel"]) {
      place.addEventListener(end, () => {
        dragged = null;
      });
    }
  };

  document.addEventListener("itilsim:drawn", (event) => {
    const { targets } = event.detail.layout.meta;
    if (!targets) return;
    const place = event.target;
    if (!place.itilsimTargets) listen(place);
    place.itilsimTargets = targets;
    const range = place.closest("figure").querySelector("input[type=range]");
    if (amount === null && range.value !== range.defaultValue) amount = targets[Number(range.value)].amount;
    chosen = amount === null ? Number(range.value) : closest(targets, amount);
    if (amount !== null) show(place);
  });
})();
