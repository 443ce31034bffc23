"use strict";
// Shows one language's edition of the page: the one that the reader chose, else the one that the reader's browser asks for.
// Who switches while reading stays at the same place, with the same parts open.
(() => {
  const editions = [...document.querySelectorAll(".edition")];
  const current = () => editions.find((edition) => !edition.hidden);
  const remembered = () => {
    try {
      return localStorage.getItem("itilsim-language");
    } catch {
      return null;
    }
  };
  const parts = (edition) => [...edition.querySelectorAll("header, section")];

  // The part under the reader's eyes, by its number among the parts, and how far it has been read, as a share of its height.
  const place = (edition) => {
    const line = window.innerHeight / 3;
    const all = parts(edition);
    const number = Math.max(0, all.findLastIndex((part) => part.getBoundingClientRect().top <= line));
    const box = all[number].getBoundingClientRect();
    return { number, read: box.height ? (line - box.top) / box.height : 0 };
  };
  const goTo = (edition, at) => {
    const box = parts(edition)[at.number]?.getBoundingClientRect();
    if (box) window.scrollBy({ top: box.top + at.read * box.height - window.innerHeight / 3, behavior: "instant" });
  };
  const openAlike = (edition, before) => {
    const [now, then] = [edition, before].map((each) => [...each.querySelectorAll("details")]);
    if (now.length === then.length) now.forEach((each, i) => (each.open = then[i].open));
  };

  const show = (language) => {
    const shown = editions.find((edition) => edition.dataset.language === language);
    const before = current();
    if (!shown || shown === before) return;
    const at = window.scrollY > 0 ? place(before) : null;
    openAlike(shown, before);
    for (const edition of editions) edition.hidden = edition !== shown;
    document.documentElement.lang = shown.lang;
    document.title = shown.dataset.named;
    if (at) goTo(shown, at);
    document.dispatchEvent(new CustomEvent("itilsim:shown", { detail: shown }));
  };
  document.documentElement.dataset.scripts = "on";
  for (const button of document.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      const language = button.dataset.show;
      try {
        localStorage.setItem("itilsim-language", language);
      } catch {
        // A page that may store nothing shows the other language all the same.
      }
      show(language);
      document.querySelector(`.edition:not([hidden]) [data-show="${language}"]`)?.focus({ preventScroll: true });
    });
  }
  const asked = remembered() ?? (navigator.languages ?? [navigator.language]).map((each) => each.split("-")[0]).find((code) => editions.some((edition) => edition.dataset.language === code));
  if (asked) show(asked);

  // Once the head is out of sight, the switch stands at the end of the contents.
  const reading = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!target.closest("[hidden]")) document.documentElement.toggleAttribute("data-reading", !isIntersecting);
    }
  });
  for (const edition of editions) reading.observe(edition.querySelector("header"));
})();
