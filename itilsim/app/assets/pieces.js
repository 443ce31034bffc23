"use strict";
// Puts what the server sends into the page. A figure that is drawn stays until its successor has been drawn in its place, so that nothing
// flickers; what is open stays open, and what has the focus keeps it. Nothing is put while the pointer holds on to a figure.
window.itilsim.pieces = (() => {
  const place = () => document.getElementById("pieces");
  const data = () => document.getElementById("data");
  const FOCUSABLE = "a[href],button,input,select,summary,[tabindex]";
  let isHeld = false;
  let waiting = null;

  const follow = (old, next) => {
    const open = [...old.querySelectorAll("details")].map((each) => each.open);
    next.querySelectorAll("details").forEach((each, at) => {
      each.open = open[at] ?? each.open;
    });
  };

  const swap = (old, next) => {
    const focusable = [...old.querySelectorAll(FOCUSABLE)];
    const at = focusable.indexOf(document.activeElement);
    next.classList.remove("staged");
    old.remove();
    if (at >= 0) [...next.querySelectorAll(FOCUSABLE)][at]?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("itilsim:swapped", { detail: next }));
  };

  const isDrawnLater = (section) => [...section.querySelectorAll(".plot")].some((each) => !each.closest("details:not([open])"));

  const put = ({ pieces, data: scripts, whole }) => {
    const shown = new Map([...place().querySelectorAll(":scope > section:not(.staged)")].map((each) => [each.id, each]));
    for (const each of place().querySelectorAll(":scope > .staged")) each.remove();
    for (const [name, script] of Object.entries(scripts)) {
      let box = data().querySelector(`[data-of="${name}"]`);
      if (!box) {
        box = document.createElement("div");
        box.dataset.of = name;
        data().append(box);
      }
      box.innerHTML = script;
    }
    let drawn = false;
    for (const [, html] of pieces) {
      const next = document.createRange().createContextualFragment(html).firstElementChild;
      const old = shown.get(next.id);
      if (!old) {
        place().append(next);
        drawn ||= isDrawnLater(next);
        continue;
      }
      follow(old, next);
      old.after(next);
      if (!isDrawnLater(next)) {
        swap(old, next);
        continue;
      }
      next.classList.add("staged");
      for (const script of old.querySelectorAll("script[id]")) script.removeAttribute("id");
      drawn = true;
    }
    const names = new Set(pieces.map(([, html]) => /id="([^"]+)"/.exec(html)[1]));
    if (whole) for (const [id, each] of shown) if (!names.has(id)) each.remove();
    if (drawn) document.dispatchEvent(new CustomEvent("itilsim:shown"));
  };

  document.addEventListener("itilsim:drawn", (event) => {
    const next = event.target.closest(".staged");
    const old = next?.previousElementSibling;
    if (next && old?.id === next.id) swap(old, next);
  });
  document.addEventListener("pointerdown", (event) => {
    isHeld = event.target.closest?.("#pieces figure") !== null;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      isHeld = false;
      if (waiting) put(waiting);
      waiting = null;
    });
  }
  return {
    put: (told) => {
      if (isHeld) waiting = told;
      else put(told);
    },
    html: (id, html) => {
      const box = document.getElementById(id);
      if (box.dataset.html === html) return;
      box.dataset.html = html;
      const next = document.createElement("div");
      next.innerHTML = html;
      follow(box, next);
      box.replaceChildren(...next.childNodes);
    },
  };
})();
