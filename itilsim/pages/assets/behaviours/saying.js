"use strict";
// Replaces the sentence above a figure by another of the figure's data, in which ** stands around what is strong, and has it read out.
window.itilsimSay = (place, text) => {
  const lead = place.closest("section").querySelector("p.lead");
  const parts = text.split("**").map((part, i) => {
    if (i % 2 === 0) return part;
    const element = document.createElement("strong");
    element.textContent = part;
    return element;
  });
  lead.setAttribute("aria-live", "polite");
  lead.replaceChildren(...parts);
};
