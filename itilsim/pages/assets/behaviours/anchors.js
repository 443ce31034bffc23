"use strict";
// A link to what is folded opens it, whether it is followed or typed.
(() => {
  const open = () => {
    const folded = document.getElementById(location.hash.slice(1))?.querySelector(":scope > details.folded");
    if (folded) folded.open = true;
  };
  window.addEventListener("hashchange", open);
  window.addEventListener("DOMContentLoaded", open);
})();
