"use strict";
// Shows any future that a dot stands for: chosen from the lists above the drawing, or asked for by "itilsim:future" at an edition.
// Its numbers are parsed when the figure is first drawn, which is when it is first opened.
(() => {
  const FIGURE = 'figure[data-figure="9"]';
  const MOST = 12;
  const STROKES = { solid: "", dash: "7 5", dot: "2 4", dashdot: "7 4 2 4", longdash: "12 5", longdashdot: "12 4 2 4" };
  const chosen = new WeakMap();
  const drawn = new WeakMap();
  let held = {};
  const numbers = () => {
    const script = document.getElementById("futures");
    if (held.script !== script) held = { script, numbers: JSON.parse(script.textContent) };
    return held.numbers;
  };

  const running = (text) => {
    let at = 0;
    return text.split(" ").map((each) => (at += Number(each)));
  };
  const parts = (text) => new Map((text ? text.split(" ") : []).map((each) => each.split(":").map(Number)));
  const levels = (text) => text.split(" ").map((each) => (each === "-" ? null : Number(each)));
  const filled = (template, fields) => template.replace(/\{(\w+)\}/g, (_, name) => fields[name]);

  const made = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const speller = (amount) => (counted) => {
    const value = Math.abs(counted * amount.per).toFixed(amount.decimals);
    const [whole, rest] = value.split(".");
    const text = whole.replace(/\B(?=(\d{3})+$)/g, amount.group) + (rest ? amount.decimal + rest : "");
    return Number(value) === 0 ? text : (counted < 0 ? amount.minus : "+") + text;
  };

  // Puts **titles** into strong text; everything else stays text.
  const emphasised = (text) => text.split("**").map((each, place) => (place % 2 ? made("strong", {}, each) : each));

  const table = (title, heads, rows) => {
    const line = (cells, tag, isHead) =>
      made("tr", {}, ...cells.map((cell, place) => made(place && !isHead ? "td" : tag, place ? { class: "n" } : { scope: isHead ? "col" : "row" }, cell)));
    const own = made("table", { class: "numbers" }, made("caption", {}, title));
    if (heads) own.append(made("thead", {}, line(heads, "th", true)));
    own.append(made("tbody", {}, ...rows.map((row) => line(row, "th", false))));
    return made("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": title }, own);
  };

  const swatch = (place, dash) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    for (const [name, value] of Object.entries({ x1: 0, x2: 34, y1: 5, y2: 5, "stroke-dasharray": STROKES[dash] ?? dash.replaceAll("px", "") }))
      line.setAttribute(name, value);
    svg.setAttribute("class", `stroke series-${place % 9}`);
    svg.setAttribute("viewBox", "0 0 34 10");
    svg.setAttribute("aria-hidden", "true");
    svg.append(line);
    return svg;
  };

  // The events of a month share a mark, which bears their numbers in the list.
  const marks = (story, path, per, marker) => {
    const months = new Map();
    (story ?? []).forEach((event, place) => months.set(event.month, [...(months.get(event.month) ?? []), place + 1]));
    const entries = [...months];
    return {
      x: entries.map(([month]) => Math.min(month, path.length) / 12),
      y: entries.map(([month]) => path[Math.min(month, path.length) - 1] * per),
      marker: { ...marker, size: entries.map(([, own]) => (own.length > 1 ? 26 : 17)) },
      text: entries.map(([, own]) => (own.length > 1 ? `${own[0]}–${own.at(-1)}` : String(own[0]))),
      hovertext: entries.map(([, own]) => own.map((number) => `${number}  ${wrapped(story[number - 1])}`).join("<br>")),
    };
  };
  const wrapped = (event) => {
    const text = `${event.text}${event.moved ? ` ${event.moved}` : ""}`.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    return text.replace(/(.{40,60}?) /g, "$1<br>");
  };

  const traces = (figure, state, words) => {
    const { data } = drawn.get(figure);
    const all = numbers();
    const at = all.dots[state.alternative][state.dot];
    const count = words.alternatives.length;
    const courses = all.paths.map((own) => running(own[at]));
    const quarters = all.levels[state.alternative][state.dot].map(levels);
    const own = courses[state.alternative];
    const story = words.alternatives[state.alternative].dots[state.dot].story;
    return data.map((trace, number) => {
      if (number < count) {
        const width = number === state.alternative ? 3.5 : 1.4;
        return { ...trace, y: [0, ...courses[number].map((each) => each * words.amount.per)], line: { ...trace.line, width } };
      }
      if (number === count) return { ...trace, ...marks(story, own, words.amount.per, trace.marker) };
      const course = quarters[number - count - 1] ?? [];
      return { ...trace, x: course.map((_, quarter) => Math.min((quarter + 1) * all.quarter, own.length) / 12), y: course };
    });
  };

  const draw = (figure, state, words) => {
    const { layout, place } = drawn.get(figure);
    const titles = words.alternatives[state.alternative].levels;
    const [running, ...panels] = layout.annotations;
    const annotations = [running, ...panels.map((each, panel) => ({ ...each, text: titles[panel] ?? "" }))];
    const axes = {};
    panels.forEach((_, panel) => {
      for (const axis of ["xaxis", "yaxis"]) axes[`${axis}${panel + 2}`] = { ...layout[`${axis}${panel + 2}`], visible: panel < titles.length };
    });
    Plotly.react(place, traces(figure, state, words), { ...layout, ...axes, annotations }, place._context);
  };

  const beside = (figure, state, words) => {
    const all = numbers();
    const spelled = speller(words.amount);
    const at = all.dots[state.alternative][state.dot];
    const said = words.words;
    const { data } = drawn.get(figure);
    const end = (place) => running(all.paths[place][at]).at(-1);
    const own = words.alternatives[state.alternative];
    const rows = words.alternatives.map(({ title }, place) => {
      const label = place === state.alternative ? made("strong", {}, title) : title;
      return [made("span", { class: "keyed" }, swatch(place, data[place].line.dash ?? "solid"), label), spelled(end(place))];
    });
    const twin = state.twin < 0 ? null : { title: words.alternatives[state.twin].title, amounts: parts(all.sources[state.twin][at]) };
    const columns = [parts(all.sources[state.alternative][at]), parts(all.averages[state.alternative]), ...(twin ? [twin.amounts] : [])];
    const weight = (source) => {
      const values = columns.map((column) => column.get(source) ?? 0);
      return Math.max(Math.abs(values[0]), ...values.slice(1).map((each) => Math.abs(values[0] - each)));
    };
    const ranked = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => weight(b) - weight(a));
    const shown = ranked.slice(0, MOST);
    const total = columns.map((column) => [...column.values()].reduce((sum, each) => sum + each, 0));
    const rest = columns.map((column, place) => total[place] - shown.reduce((sum, source) => sum + (column.get(source) ?? 0), 0));
    const lines = shown.map((source) => [own.sources[source], ...columns.map((column) => spelled(column.get(source) ?? 0))]);
    if (ranked.length > MOST) lines.push([said.rest, ...rest.map(spelled)]);
    lines.push([made("strong", {}, said.total), ...total.map((each) => made("strong", {}, spelled(each)))]);
    const counts = parts(all.counts[state.alternative][at]);
    const counted = own.events.map(([title, average], place) => [title, String(counts.get(place) ?? 0), average]);
    figure.querySelector(".future-beside").replaceChildren(
      table(`${said.same} (${words.amount.name})`, null, rows),
      table(`${said.sources} (${words.amount.name})`, [said.source, said.here, said.average, ...(twin ? [twin.title] : [])], lines),
      ...(counted.length ? [table(said.counted, ["", said.here, said.average], counted)] : []),
    );
  };

  const story = (figure, state, words) => {
    const own = words.alternatives[state.alternative];
    const { story: events } = own.dots[state.dot];
    const said = words.words;
    const replication = numbers().numbers[numbers().dots[state.alternative][state.dot]];
    const heading = made("h3", {}, said.story);
    const children = events
      ? [
          made(
            "ol",
            {},
            ...events.map((event) =>
              made(
                "li",
                {},
                made("b", {}, filled(said.month, { month: event.month })),
                made("span", { lang: "en" }, event.text),
                ...(event.moved ? [made("span", { class: "moved" }, event.moved)] : []),
              ),
            ),
          ),
        ]
      : [made("p", { class: "note" }, said.untold), made("pre", { class: "scroll", tabindex: "0" }, made("code", {}, filled(own.command, { replication })))];
    figure.querySelector(".future-story").replaceChildren(heading, ...children);
  };

  const lists = (figure, state, words) => {
    const options = {
      alternative: words.alternatives.map(({ title }, place) => [title, place]),
      dot: words.alternatives[state.alternative].dots.map(({ choice }, place) => [choice, place]),
      twin: words.alternatives.map(({ title }, place) => [title, place]).filter(([, place]) => place !== state.alternative),
    };
    for (const list of figure.querySelectorAll("select[data-choose]")) {
      const name = list.dataset.choose;
      list.replaceChildren(...options[name].map(([text, place]) => made("option", { value: place }, text)));
      list.value = String(state[name]);
    }
  };

  const show = (figure) => {
    const words = drawn.get(figure).layout.meta.futures;
    const first = { alternative: words.shown[0], dot: words.shown[1] };
    const state = { ...first, ...chosen.get(figure) };
    if (state.twin === undefined || state.twin === state.alternative) state.twin = words.alternatives[state.alternative].twin;
    chosen.set(figure, state);
    lists(figure, state, words);
    const said = figure.querySelector(".future-said");
    said.replaceChildren(...emphasised(words.alternatives[state.alternative].dots[state.dot].said));
    said.hidden = state.alternative === words.shown[0] && state.dot === words.shown[1];
    beside(figure, state, words);
    story(figure, state, words);
    draw(figure, state, words);
    figure.dispatchEvent(new CustomEvent("itilsim:opened", { bubbles: true, detail: { alternative: state.alternative, dot: state.dot } }));
  };

  document.addEventListener("itilsim:drawn", (event) => {
    const figure = event.target.closest(FIGURE);
    if (!figure) return;
    drawn.set(figure, { ...event.detail, place: event.target });
    show(figure);
  });

  document.addEventListener("change", (event) => {
    const list = event.target.closest(`${FIGURE} select[data-choose]`);
    const figure = list?.closest(FIGURE);
    if (!figure || !drawn.has(figure)) return;
    chosen.set(figure, { ...chosen.get(figure), [list.dataset.choose]: Number(list.value) });
    show(figure);
  });

  document.addEventListener("itilsim:future", (event) => {
    const figure = event.target.closest(".edition").querySelector(FIGURE);
    const { alternative, dot } = event.detail;
    chosen.set(figure, { ...chosen.get(figure), alternative, dot });
    const folded = figure.closest("details");
    const isDrawn = drawn.has(figure);
    if (folded) folded.open = true;
    if (isDrawn) show(figure);
    figure.closest("section").scrollIntoView();
    figure.querySelector('select[data-choose="dot"]').focus({ preventScroll: true });
  });
})();
