"use strict";
// Shows one language's edition of the page: the one that the reader chose, else the one that the reader's browser asks for.
(() => {
  const editions = [...document.querySelectorAll(".edition")];
  const remembered = () => {
    try {
      return localStorage.getItem("itilsim-language");
    } catch {
      return null;
    }
  };
  const show = (language) => {
    const shown = editions.find((edition) => edition.dataset.language === language);
    if (!shown) return;
    for (const edition of editions) edition.hidden = edition !== shown;
    document.documentElement.lang = shown.lang;
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
      document.querySelector(`.edition:not([hidden]) [data-show="${language}"]`)?.focus();
    });
  }
  const asked = remembered() ?? (navigator.languages ?? [navigator.language]).map((each) => each.split("-")[0]).find((code) => editions.some((edition) => edition.dataset.language === code));
  if (asked) show(asked);
})();
