"use strict";
// Stored results: two are compared, one is deleted after a question.
(() => {
  const place = document.getElementById("runs");
  if (!place) return;
  const { itilsim } = window;
  const language = document.querySelector(".edition").dataset.language;
  const ask = (question) => itilsim.ask("runs", { language, ...question });
  const chosen = () => [...place.querySelectorAll("[name=run]:checked")].map((each) => each.value);

  itilsim.on("runs", (told) => {
    const fault = document.getElementById("fault");
    fault.hidden = !told.fault;
    fault.textContent = (told.fault ?? []).join(" ");
    if (told.html !== undefined) place.innerHTML = told.html;
    if (told.between !== undefined) place.querySelector("#between").innerHTML = told.between;
  });
  place.addEventListener("change", () => {
    const names = chosen();
    place.querySelector('[data-run-do="compare"]').disabled = names.length !== 2;
    for (const box of place.querySelectorAll("[name=run]:not(:checked)")) box.disabled = names.length >= 2;
  });
  place.addEventListener("click", (event) => {
    const { runDo, name, answer } = event.target.dataset;
    const question = place.querySelector("#delete");
    if (runDo === "compare") ask({ do: "compare", names: chosen() });
    if (runDo === "go-on") {
      ask({ do: "go-on", name });
      itilsim.jobs();
    }
    if (runDo === "delete") {
      question.dataset.name = name;
      question.querySelector("#delete-name").textContent = name;
      question.showModal();
    }
    if (answer) question.close();
    if (answer === "yes") ask({ do: "delete", name: question.dataset.name });
  });
  document.addEventListener("itilsim:jobs-over", () => ask({}));
})();
