"use strict";
// A drawing is one picture with a name for whoever does not see it: its words and numbers stand beside it, so its ticks are not read out.
document.addEventListener("itilsim:drawn", (event) => {
  const place = event.target;
  const layers = [...place.querySelectorAll("svg.main-svg")].filter((layer) => !layer.querySelector("[tabindex],a,[role=button]"));
  for (const [index, layer] of layers.entries()) {
    if (index > 0) {
      layer.setAttribute("aria-hidden", "true");
      continue;
    }
    layer.setAttribute("role", "img");
    layer.setAttribute("aria-label", place.getAttribute("aria-label"));
  }
});
