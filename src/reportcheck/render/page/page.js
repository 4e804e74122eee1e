"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const find = (selector, within) => (within || document).querySelector(selector);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const cards = all(".card");
  const marks = all(".mark");
  const numbersOf = (mark) => mark.dataset.of.split(" ");
  const marksOf = (number) => marks.filter((mark) => numbersOf(mark).includes(number));
  const cardOf = (number) => document.getElementById("finding-" + number);
  const narrow = matchMedia("(max-width: 820px)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let current = null;

  // --- going to places -----------------------------------------------------------------------

  const flash = (element) => {
    element.classList.remove("flash");
    void element.offsetWidth;
    element.classList.add("flash");
  };

  // Far away the way is not shown: parts that were never drawn would make it long and wrong.
  const goTo = (element, atOnce) => {
    const away = Math.abs(element.getBoundingClientRect().top - innerHeight / 2);
    const behavior = atOnce || still.matches || away > 3 * innerHeight ? "auto" : "smooth";
    element.scrollIntoView({ block: "center", inline: "nearest", behavior });
    if (behavior === "auto") {
      requestAnimationFrame(() => element.scrollIntoView({ block: "center", inline: "nearest" }));
    }
  };

  const remember = (hash) => {
    if (location.hash !== hash) history.replaceState(null, "", hash);
  };

  // Shows a finding as the current one, in the list and in the text.
  const choose = (number) => {
    if (current === number) return cardOf(number);
    if (current) {
      cardOf(current).removeAttribute("aria-current");
      marksOf(current).forEach((mark) => mark.classList.remove("current"));
    }
    current = number;
    const card = cardOf(number);
    card.setAttribute("aria-current", "true");
    marksOf(number).forEach((mark) => mark.classList.add("current"));
    const told = find(".line.result dd, .line.either dd, .line.problem dd", card);
    tellCurrent(find(".title", card).textContent, told ? told.textContent : "");
    return card;
  };

  const tellCurrent = (title, result) => {
    const place = find("#current");
    find("b", place).textContent = current ? place.dataset.text.replace("{number}", current) : "";
    find(".title", place).textContent = title;
    find(".result", place).textContent = result;
    place.hash = current ? "#finding-" + current : "#findings";
  };

  const chiefOf = (number) => {
    const own = marksOf(number);
    return own.find((mark) => (mark.dataset.badge || "").split(" ").includes(number)) || own[0];
  };

  const toText = (number, takeFocus) => {
    choose(number);
    remember("#finding-" + number);
    const mark = chiefOf(number);
    if (!mark) return;
    if (takeFocus) mark.focus({ preventScroll: true });
    goTo(mark);
    marksOf(number).forEach(flash);
  };

  const toCard = (number, takeFocus) => {
    show("findings");
    const card = cardOf(number);
    if (card.hidden) showAll();
    choose(number);
    remember("#finding-" + number);
    if (takeFocus) find(".go", card).focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    return card;
  };

  // --- parts of the panel: links without this script, tabs with it ------------------------------

  const tabs = all(".tabs a");
  const sections = tabs.map((tab) => document.getElementById(tab.hash.slice(1)));
  find(".tabs").setAttribute("role", "tablist");
  tabs.forEach((tab, index) => {
    tab.id = "tab-" + sections[index].id;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", sections[index].id);
    sections[index].setAttribute("role", "tabpanel");
    sections[index].setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      show(sections[index].id);
      remember(tab.hash);
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const other = tabs[(index + step + tabs.length) % tabs.length];
      other.focus();
      other.click();
    });
  });

  const show = (id) => {
    tabs.forEach((tab, index) => {
      const on = sections[index].id === id;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      sections[index].hidden = !on;
    });
  };

  // --- filters ---------------------------------------------------------------------------------

  const boxes = all("#findings input[type=checkbox]");
  const search = find("#search");
  const shown = find("#shown");

  const filter = () => {
    const off = (kind) => new Set(boxes.filter((box) => !box.checked && box.dataset[kind]).map((box) => box.dataset[kind]));
    const severities = off("severity");
    const rules = off("rule");
    const wanted = search.value.trim().toLowerCase();
    cards.forEach((card) => {
      const fits = !wanted || card.textContent.toLowerCase().includes(wanted);
      card.hidden = severities.has(card.dataset.severity) || rules.has(card.dataset.rule) || !fits;
    });
    marks.forEach((mark) => mark.classList.toggle("off", numbersOf(mark).every((number) => cardOf(number).hidden)));
    const left = cards.filter((card) => !card.hidden).length;
    shown.textContent = left === cards.length ? "" : shown.dataset.text.replace("{shown}", left);
    find("#show-all").hidden = left === cards.length;
  };

  const showAll = () => {
    boxes.forEach((box) => { box.checked = true; });
    search.value = "";
    filter();
  };

  if (cards.length) {
    boxes.forEach((box) => box.addEventListener("change", filter));
    search.addEventListener("input", filter);
    find("#show-all").addEventListener("click", () => { showAll(); search.focus(); });
    showAll();
  }

  const ledger = find("#ledger");
  all("input", ledger).forEach((box) => {
    box.checked = true;
    box.addEventListener("change", () => ledger.classList.toggle("no-" + box.dataset.standing, !box.checked));
  });

  // --- clicks ------------------------------------------------------------------------------------

  cards.forEach((card) => card.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if ((link && !link.classList.contains("go")) || String(getSelection())) return;
    event.preventDefault();
    toText(card.dataset.number, true);
  }));

  // Where several findings overlap, each further click goes to the next of them.
  find("#report").addEventListener("click", (event) => {
    const mark = event.target.closest(".mark");
    if (!mark) return;
    event.preventDefault();
    const numbers = numbersOf(mark);
    toCard(numbers[(numbers.indexOf(current) + 1) % numbers.length], true);
  });

  const step = (by) => {
    const open = cards.filter((card) => !card.hidden);
    if (!open.length) return;
    const index = open.findIndex((card) => card.dataset.number === current);
    const next = index < 0 ? (by > 0 ? 0 : open.length - 1) : (index + by + open.length) % open.length;
    const number = open[next].dataset.number;
    if (narrow.matches) {
      show("findings");
    } else {
      toCard(number, true);
    }
    toText(number, false);
  };
  find("#previous").addEventListener("click", () => step(-1));
  find("#next").addEventListener("click", () => step(1));
  find("#current").addEventListener("click", (event) => {
    if (!current) return;
    event.preventDefault();
    toCard(current, true);
  });

  const figures = find("#figures-button");
  const showFigures = () => {
    const on = root.classList.toggle("show-figures");
    figures.setAttribute("aria-pressed", String(on));
  };
  figures.addEventListener("click", showFigures);
  find("#print-button").addEventListener("click", () => print());

  const help = find("#keys");
  find("#keys-button").addEventListener("click", () => help.showModal());
  find("#keys-close").addEventListener("click", () => help.close());

  // --- keyboard ----------------------------------------------------------------------------------

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input[type=search], textarea, select");
    if (typing && event.key === "Escape" && event.target.value) {
      showAll();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const inList = event.target.closest(".card");
    const actions = {
      j: () => step(1),
      n: () => step(1),
      k: () => step(-1),
      p: () => step(-1),
      f: showFigures,
      "?": () => help.showModal(),
      "/": () => { if (search) { show("findings"); search.focus(); } },
      ArrowDown: inList && (() => step(1)),
      ArrowUp: inList && (() => step(-1)),
    };
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  // --- addresses ---------------------------------------------------------------------------------

  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const finding = /^(finding|mark)-(\d+)/.exec(id);
    const target = document.getElementById(id);
    if (finding && cardOf(finding[2])) {
      toCard(finding[2], false);
      const own = finding[1] === "mark" && target ? target : chiefOf(finding[2]);
      if (own) {
        goTo(own, true);
        flash(own);
      }
      return;
    }
    if (!target) return;
    const section = target.closest(".tab");
    if (section) {
      show(section.id);
      const details = target.closest("details");
      if (details) details.open = true;
      if (target !== section) target.scrollIntoView({ block: "start" });
    } else if (target.closest("#report")) {
      goTo(target, true);
      flash(target);
    }
  };

  show("findings");
  addEventListener("hashchange", follow);
  // Behind the browser's own way to the address.
  addEventListener("load", () => requestAnimationFrame(follow));
})();
