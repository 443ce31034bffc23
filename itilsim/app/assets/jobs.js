"use strict";
// Jobs are held by the server: a page that is loaded again asks how they stand, and goes on asking while one is on its way.
(() => {
  const place = document.getElementById("jobs");
  if (!place) return;
  const { itilsim } = window;
  const EVERY = 1000;
  const language = document.querySelector(".edition").dataset.language;
  let later = null;
  let wasBusy = false;

  itilsim.jobs = (question = {}) => {
    clearTimeout(later);
    itilsim.ask("jobs", { language, ...question });
  };
  itilsim.on("jobs", (told) => {
    const focused = document.activeElement?.dataset?.jobDo;
    const number = document.activeElement?.dataset?.number;
    place.innerHTML = told.html;
    if (focused) place.querySelector(`[data-number="${number}"]`)?.focus();
    const fault = document.getElementById("fault");
    if (told.said.length) {
      fault.textContent = told.said.join(" ");
      fault.hidden = false;
    }
    if (told.busy) later = setTimeout(itilsim.jobs, EVERY);
    if (wasBusy && !told.busy) document.dispatchEvent(new CustomEvent("itilsim:jobs-over"));
    wasBusy = told.busy;
  });
  place.addEventListener("click", (event) => {
    const { jobDo, number } = event.target.dataset;
    if (jobDo) itilsim.jobs({ do: jobDo, number: Number(number) });
  });
  itilsim.begin(() => itilsim.jobs());
})();
