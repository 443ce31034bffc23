"use strict";
// The states that a planner went through on a case, kept for as long as the tab is open: step back, step forward, and one that is pinned.
window.itilsim.history = (name) => {
  const key = `itilsim-${name}`;
  const kept = () => {
    try {
      return JSON.parse(sessionStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  };
  const { states = [], at = -1, pinned = null } = kept();
  const own = { states, at, pinned };
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const keep = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify(own));
    } catch {
      // A tab that may store nothing forgets its states when it is loaded again.
    }
  };
  const MOST = 100;
  return {
    get now() {
      return own.states[own.at] ?? null;
    },
    get pinned() {
      return own.pinned;
    },
    get canUndo() {
      return own.at > 0;
    },
    get canRedo() {
      return own.at < own.states.length - 1;
    },
    push: (state) => {
      if (same(state, own.states[own.at])) return;
      own.states = [...own.states.slice(0, own.at + 1), state].slice(-MOST);
      own.at = own.states.length - 1;
      keep();
    },
    step: (by) => {
      own.at = Math.min(own.states.length - 1, Math.max(0, own.at + by));
      keep();
      return own.states[own.at];
    },
    pin: (state) => {
      own.pinned = state;
      keep();
    },
  };
};
