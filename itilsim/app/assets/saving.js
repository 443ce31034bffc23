"use strict";
// A state is given a name and saved; a state is simulated in full and stored.
(() => {
  const form = document.getElementById("saving");
  if (!form) return;
  const { itilsim } = window;
  const name = document.getElementById("save-name");
  const saved = document.getElementById("saved");
  const about = () => {
    const { workbench } = itilsim;
    return { case: document.querySelector(".split").dataset.case, language: workbench.language, state: workbench.state() };
  };

  document.querySelector(".tools").addEventListener("click", (event) => {
    const own = event.target.dataset.do;
    if (own === "save") {
      form.hidden = !form.hidden;
      event.target.setAttribute("aria-expanded", String(!form.hidden));
      if (!form.hidden) name.focus();
    }
    if (own === "store") itilsim.jobs({ do: "start", ...about() });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    itilsim.ask("save", { ...about(), name: name.value });
  });
  itilsim.on("save", (told) => {
    saved.className = told.fault ? "warning" : "done";
    if (told.fault) {
      saved.textContent = told.fault.join(" ");
      name.focus();
      return;
    }
    saved.innerHTML = told.html;
    form.hidden = true;
    document.querySelector('[data-do="save"]').setAttribute("aria-expanded", "false");
  });
})();
