"use strict";
// Marks the part that is being read in the contents, brings it into sight there, and says at which ends the contents go on.
(() => {
  const lists = [...document.querySelectorAll(".edition > nav ul")];
  const ends = (list) => {
    const left = list.scrollWidth - list.clientWidth - list.scrollLeft;
    list.classList.toggle("goes-on", left > 1);
    list.classList.toggle("came-on", list.scrollLeft > 1);
  };
  const shown = () => lists.find((list) => !list.closest("[hidden]"));
  const parts = (list) => [...list.closest(".edition").querySelectorAll("header, main > section")];

  const centre = (list, link) => {
    const [box, room] = [link, list].map((each) => each.getBoundingClientRect());
    list.scrollLeft += box.left + box.width / 2 - (room.left + room.width / 2);
  };

  let wanted = false;
  const mark = () => {
    wanted = false;
    const list = shown();
    if (!list) return;
    const line = window.innerHeight / 3;
    const part = parts(list).findLast((each) => each.getBoundingClientRect().top <= line);
    const now = part && list.querySelector(`a[href="#${part.id}"]`);
    const before = list.querySelector("a[aria-current]");
    if (now && now !== before) {
      before?.removeAttribute("aria-current");
      now.setAttribute("aria-current", "true");
      centre(list, now);
    }
    ends(list);
  };
  const soon = () => {
    if (!wanted) requestAnimationFrame(mark);
    wanted = true;
  };
  // The list narrows when the languages come to stand beside it.
  const sized = new ResizeObserver((seen) => {
    for (const { target } of seen) {
      const now = target.querySelector("a[aria-current]");
      if (now) centre(target, now);
      ends(target);
    }
  });
  for (const list of lists) {
    sized.observe(list);
    list.addEventListener("scroll", () => ends(list), { passive: true });
  }
  for (const what of ["scroll", "resize"]) window.addEventListener(what, soon, { passive: true });
  document.addEventListener("itilsim:shown", soon);
  if (lists.length) soon();
})();
