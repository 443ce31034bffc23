"use strict";
// The workbench: levers and choices are read, asked about at most every 80 ms, and looked at again until the worlds that were wanted are there.
// The sentences come at once; figures are asked for when no lever has moved for a moment, so that drawing them holds up no answer.
(() => {
  const THROTTLE = 80;
  const AGAIN = 400;
  const QUIET = 300;
  const root = document.querySelector(".split");
  if (!root) return;
  const { itilsim } = window;
  const controls = document.getElementById("controls");
  const levers = [...controls.querySelectorAll(".lever")];
  const history = itilsim.history(root.dataset.case);
  const language = document.querySelector(".edition").dataset.language;
  const find = (id) => document.getElementById(id);
  const stated = {};
  const tab = crypto.randomUUID();
  let serial = 0;
  let drawn = 0;
  let later = null;
  let asked = 0;

  const number = (lever) => Number(lever.querySelector("input[type=number]").value);
  const state = () => {
    const moved = levers.filter((each) => number(each) !== Number(each.dataset.value)).map((each) => [each.dataset.lever, number(each)]);
    return {
      moved: Object.fromEntries(moved),
      stated: { ...stated },
      alternatives: [...controls.querySelectorAll("[name=alternative]:checked")].map((each) => each.value),
      party: controls.elements.party.value || null,
      horizon: Number(controls.elements.horizon.value),
    };
  };

  const mark = (lever) => {
    const [range, own] = [lever.querySelector("input[type=range]"), lever.querySelector("input[type=number]")];
    const isMoved = number(lever) !== Number(lever.dataset.value);
    lever.classList.toggle("moved", isMoved);
    lever.querySelector(".back").hidden = !isMoved;
    range.setAttribute("aria-valuetext", `${own.value} ${range.dataset.unit}`);
  };
  const place = (lever, value) => {
    lever.querySelector("input[type=range]").value = String(value);
    lever.querySelector("input[type=number]").value = String(value);
    mark(lever);
  };
  const apply = (chosen) => {
    for (const lever of levers) place(lever, chosen.moved[lever.dataset.lever] ?? Number(lever.dataset.value));
    for (const key of Object.keys(stated)) delete stated[key];
    Object.assign(stated, chosen.stated);
    for (const box of controls.querySelectorAll("[name=alternative]")) box.checked = chosen.alternatives.includes(box.value);
    controls.elements.party.value = chosen.party ?? "";
    controls.elements.horizon.value = String(chosen.horizon);
    document.dispatchEvent(new CustomEvent("itilsim:applied", { detail: chosen }));
  };

  const look = () => {
    clearTimeout(later);
    itilsim.ask("look", { case: root.dataset.case, language, tab, serial, state: state(), pinned: history.pinned, drawn });
  };
  const begin = () => {
    serial += 1;
    drawn = 0;
    asked = performance.now();
    root.dataset.serial = String(serial);
    root.dataset.state = "asking";
    document.dispatchEvent(new CustomEvent("itilsim:asked"));
    look();
  };
  let throttled = null;
  let last = -Infinity;
  const soon = () => {
    clearTimeout(throttled);
    const wait = Math.max(0, last + THROTTLE - performance.now());
    throttled = setTimeout(() => {
      last = performance.now();
      begin();
    }, wait);
  };

  const buttons = () => {
    const able = { undo: history.canUndo, redo: history.canRedo, unpin: history.pinned !== null };
    for (const [name, is] of Object.entries(able)) for (const each of document.querySelectorAll(`[data-do="${name}"]`)) each.disabled = !is;
    document.querySelector('[data-do="unpin"]').hidden = history.pinned === null;
  };
  const settle = () => {
    history.push(state());
    buttons();
  };

  const showFault = (sentences) => {
    const box = find("fault");
    box.hidden = !sentences.length;
    box.replaceChildren(...sentences.map((each) => Object.assign(document.createElement("p"), { textContent: each })));
  };

  itilsim.on("look", (told) => {
    if (told.serial !== serial) return;
    if (told.again) {
      later = setTimeout(look, AGAIN);
      return;
    }
    showFault(told.fault ?? []);
    if (told.fault) {
      root.dataset.state = "fault";
      return;
    }
    if (drawn === 0) root.dataset.milliseconds = String(Math.round(performance.now() - asked));
    find("status").querySelector("span").textContent = told.status;
    Object.assign(find("progress"), { max: told.wanted, value: told.worlds, hidden: told.done });
    itilsim.pieces.html("headline", told.headline);
    itilsim.pieces.html("changes", told.changes ?? "");
    if (told.pieces) itilsim.pieces.put(told);
    if (told.saying && told.saying !== find("saying").textContent) find("saying").textContent = told.saying;
    const isFirst = drawn === 0;
    if (isFirst) drawn = 1;
    else if (told.pieces) drawn = told.worlds;
    root.dataset.worlds = String(told.worlds);
    root.dataset.state = told.done && !isFirst ? "done" : "sharpening";
    if (!told.done || isFirst || told.waits) later = setTimeout(look, isFirst ? QUIET : AGAIN);
  });

  controls.addEventListener("submit", (event) => event.preventDefault());
  controls.addEventListener("input", (event) => {
    const lever = event.target.closest(".lever");
    if (lever) {
      const fault = lever.querySelector(".fault");
      if (event.target.type === "range") lever.querySelector("input[type=number]").value = event.target.value;
      else lever.querySelector("input[type=range]").value = event.target.value;
      const isGood = event.target.value !== "" && event.target.validity.valid;
      fault.hidden = isGood;
      fault.textContent = isGood ? "" : lever.dataset.fault;
      if (!isGood) return;
      delete stated[lever.dataset.lever];
      mark(lever);
    }
    if (!controls.querySelector("[name=alternative]:checked")) {
      event.target.checked = true;
      return;
    }
    soon();
  });
  controls.addEventListener("change", settle);
  controls.addEventListener("click", (event) => {
    if (!event.target.matches(".back")) return;
    const lever = event.target.closest(".lever");
    place(lever, Number(lever.dataset.value));
    lever.querySelector("input[type=range]").focus();
    settle();
    soon();
  });

  const does = {
    undo: () => apply(history.step(-1)),
    redo: () => apply(history.step(1)),
    pin: () => history.pin(state()),
    unpin: () => history.pin(null),
  };
  root.addEventListener("click", (event) => {
    const own = does[event.target.dataset?.do];
    if (!own) return;
    own();
    buttons();
    soon();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(later);
    else if (root.dataset.state === "sharpening") look();
  });

  const change = () => {
    settle();
    soon();
  };
  // An input that is written by hand is moved by no lever.
  const write = (key, parts) => {
    stated[key] = parts;
    const lever = levers.find((each) => each.dataset.lever === key);
    if (lever) place(lever, Number(lever.dataset.value));
  };
  itilsim.workbench = { state, language, stated, change, write };
  // On a phone the controls are a sheet below the answer: it is closed at first, and open it leaves the answer in sight.
  const sheet = document.querySelector(".sheet");
  const slim = window.matchMedia("(max-width: 900px)");
  if (slim.matches) sheet.open = false;
  slim.addEventListener("change", () => {
    sheet.open = !slim.matches;
  });
  sheet.addEventListener("toggle", () => {
    if (sheet.open && slim.matches) find("headline").scrollIntoView();
  });
  itilsim.begin(() => {
    if (history.now) apply(history.now);
    else settle();
    for (const lever of levers) mark(lever);
    buttons();
    begin();
  });
})();
