"use strict";
// How a page asks the server and hears from it: a question is a store that is filled here, and Dash hands over what comes back.
// Behaviours register what they do with an answer by `itilsim.on(name, hear)`, and what they do once the channel is open by `itilsim.begin(start)`.
(() => {
  const hears = {};
  const starts = [];
  let turn = 0;
  let isOpen = false;
  const nothing = () => window.dash_clientside.no_update;
  const namespace = {
    start: () => {
      isOpen = true;
      for (const start of starts.splice(0)) start();
      return nothing();
    },
  };
  window.dash_clientside = Object.assign({}, window.dash_clientside, { itilsim: namespace });
  window.itilsim = {
    on: (name, hear) => {
      hears[name] = hear;
      namespace[name] = (told) => {
        if (told) hears[name](told);
        return nothing();
      };
    },
    begin: (start) => (isOpen ? start() : starts.push(start)),
    // `turn` makes every question new, or Dash would not pass on one that was asked before.
    ask: (name, question) => window.dash_clientside.set_props(`${name}-asked`, { data: { ...question, turn: (turn += 1) } }),
  };
})();
