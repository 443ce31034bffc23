"use strict";
// An input written by hand as low, likely and high: the server reads it by the rule of the files; what it cannot read is said beside it.
(() => {
  const hand = document.getElementById("hand");
  if (!hand) return;
  const { itilsim } = window;
  const POINTS = ["low", "likely", "high"];
  const find = (name) => document.getElementById(`hand-${name}`);
  const key = find("key");
  const fields = POINTS.map(find);
  let serial = 0;
  let waiting = null;

  const parts = () => fields.map((each) => each.value.trim());
  const own = () => key.selectedOptions[0].dataset;
  const isAsStated = () => fields.every((each, at) => each.value.trim() === own()[POINTS[at]]);
  const fault = (text) => {
    find("fault").hidden = !text;
    find("fault").textContent = text;
    for (const each of fields) each.setAttribute("aria-invalid", String(Boolean(text)));
  };
  const ask = () => {
    const { workbench } = itilsim;
    serial += 1;
    const state = { ...workbench.state(), moved: {}, stated: { [key.value]: parts() } };
    itilsim.ask("input", { case: document.querySelector(".split").dataset.case, language: workbench.language, state, serial });
  };
  const show = () => {
    const isChosen = key.value !== "";
    hand.querySelector(".points").hidden = !isChosen;
    find("curve").replaceChildren();
    find("source").textContent = isChosen ? own().source : "";
    fault("");
    find("back").hidden = !isChosen || !(key.value in itilsim.workbench.stated);
    if (!isChosen) return;
    find("unit").textContent = own().unit;
    fields.forEach((each, at) => {
      each.value = itilsim.workbench.stated[key.value]?.[at] ?? own()[POINTS[at]];
    });
    ask();
  };
  const mark = () => {
    for (const option of key.querySelectorAll("option[data-low]")) {
      option.textContent = `${option.value in itilsim.workbench.stated ? "● " : ""}${option.textContent.replace(/^● /, "")}`;
    }
  };

  itilsim.on("input", (told) => {
    if (told.serial !== serial) return;
    fault((told.fault ?? []).join(" "));
    if (told.fault) {
      find("curve").replaceChildren();
      return;
    }
    find("curve").innerHTML = told.html;
    const before = itilsim.workbench.stated[key.value];
    if (isAsStated() ? !before : JSON.stringify(before) === JSON.stringify(parts())) return;
    if (isAsStated()) delete itilsim.workbench.stated[key.value];
    else itilsim.workbench.write(key.value, parts());
    find("back").hidden = isAsStated();
    mark();
    itilsim.workbench.change();
  });
  key.addEventListener("change", (event) => {
    event.stopPropagation();
    show();
  });
  key.addEventListener("input", (event) => event.stopPropagation());
  for (const each of fields) {
    each.addEventListener("change", (event) => event.stopPropagation());
    each.addEventListener("input", (event) => {
      event.stopPropagation();
      clearTimeout(waiting);
      waiting = setTimeout(ask, 250);
    });
  }
  find("back").addEventListener("click", () => {
    fields.forEach((each, at) => {
      each.value = own()[POINTS[at]];
    });
    ask();
  });
  document.addEventListener("itilsim:applied", () => {
    mark();
    show();
  });
})();
