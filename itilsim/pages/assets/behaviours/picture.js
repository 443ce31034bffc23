"use strict";
// Keeps a drawn figure as a picture, twice as sharp as the screen, in the colours in which it is seen.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.picture");
  const place = button?.closest("figure").querySelector(".plot[data-drawn]");
  if (place) Plotly.downloadImage(place, { format: "png", scale: 2, width: place.clientWidth, height: place.clientHeight, filename: button.dataset.name });
});
