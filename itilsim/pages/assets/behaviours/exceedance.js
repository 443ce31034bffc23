"use strict";
// Figure 6: the choice of a risk shows its curves, its axis, its sentence and its row of numbers. Both editions show the same choice.
(() => {
  let chosen = 0;

  const show = (place) => {
    const { choices, is_narrow: isNarrow } = place.itilsimMeta;
    const { first, count, said, label, cells, ...axes } = choices[chosen];
    const last = choices.at(-1);
    const ours = (i) => i >= last.first + last.count || (i >= first && i < first + count);
    const axis = Object.entries(isNarrow ? axes.slim : axes.wide).map(([key, value]) => [`xaxis.${key}`, value]);
    Plotly.update(place, { visible: place.data.map((_, i) => ours(i)) }, Object.fromEntries(axis));
    const figure = place.closest("figure");
    figure.querySelector("select").value = String(chosen);
    figure.querySelector("[data-label]").textContent = label;
    for (const cell of figure.querySelectorAll("[data-cell]")) cell.textContent = cells[Number(cell.dataset.cell)];
    itilsimSay(place, said);
  };

  document.addEventListener("itilsim:drawn", (event) => {
    const { meta } = event.detail.layout;
    const place = event.target;
    const select = place.closest("figure")?.querySelector(".choose select");
    if (!meta.choices || !select) return;
    if (!place.itilsimMeta) {
      select.addEventListener("change", () => {
        chosen = Number(select.value);
        show(place);
      });
    }
    place.itilsimMeta = meta;
    if (chosen || Number(select.value)) show(place);
  });
})();
