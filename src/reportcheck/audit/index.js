"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const body = document.querySelector(".units tbody");
  const rows = [...body.rows];
  const heads = [...document.querySelectorAll("[data-sort]")];

  // --- sorting ---
  const value = (row, column, kind) => {
    const cell = row.cells[column];
    if (kind === "text") return cell.querySelector(".name").textContent;
    return Number(cell.dataset.value ?? cell.textContent);
  };
  const compare = (kind) => (kind === "text" ? new Intl.Collator(root.lang).compare : (a, b) => a - b);

  function sort(head) {
    const column = head.cellIndex, kind = head.dataset.sort, order = compare(kind);
    // Counts are looked at from the greatest on, ranks and names from the first on.
    const first = kind === "text" || column === 0 ? "ascending" : "descending";
    const other = first === "ascending" ? "descending" : "ascending";
    const way = head.getAttribute("aria-sort") === first ? other : first;
    heads.forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", way);
    const keyed = rows.map((row, rank) => ({ row, rank, key: value(row, column, kind) }));
    const sign = way === "ascending" ? 1 : -1;
    keyed.sort((a, b) => sign * order(a.key, b.key) || a.rank - b.rank);
    body.append(...keyed.map((each) => each.row));
  }

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  }

  // --- filter ---
  const search = document.getElementById("search");
  const told = document.getElementById("shown");
  const all = document.getElementById("show-all");
  const texts = rows.map((row) => row.cells[1].textContent.toLowerCase());

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      const fits = words.every((word) => texts[index].includes(word));
      row.hidden = !fits;
      shown += fits;
    });
    told.textContent = words.length ? told.dataset.text.replace("{shown}", shown) : "";
    all.hidden = !words.length;
  }

  function clear() {
    search.value = "";
    filter();
    search.focus();
  }
  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
  all.addEventListener("click", clear);
  // A browser may have kept what was searched for.
  filter();

  // --- links into what is folded up ---
  function unfold() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", unfold);
  if (location.hash) unfold();
  // Paper cannot be unfolded.
  window.addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details")) part.open = true;
  });
})();
