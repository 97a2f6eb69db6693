// The first script of the page: language, shortcuts and links, before Streamlit starts.
// The server puts two constants above it: LANGUAGE, and BUILT_IN, the dictionary of Streamlit's
// own English texts in that language.
"use strict";
(() => {
  // Calendars, numbers and react-aria's own texts follow the browser's language; they are to
  // follow the reader's choice instead.
  // Browsers know bokmål and not nynorsk, which they would write as English; the numbers and the
  // months are the same.
  const locale = { nb: "nb-NO", nn: "nb-NO", en: "en-GB" }[LANGUAGE];
  for (const [name, value] of [["language", locale], ["languages", Object.freeze([locale])]])
    Object.defineProperty(navigator, name, { configurable: true, get: () => value });

  // Otherwise Streamlit looks for its server below every page's address first.
  window.__streamlit = { BACKEND_BASE_URL: new URL("..", document.currentScript.src).href };

  // Streamlit fetches its font of icons, a third of a first visit, before it knows of any icon; the
  // browser fetches it by itself when one is drawn.
  const load = document.fonts.load.bind(document.fonts);
  document.fonts.load = (font, text) =>
    font.includes("Material Symbols") ? Promise.resolve([]) : load(font, text);

  // Streamlit unfolds in half a second, also for who has asked for no motion.
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (frames, options) {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const timing = typeof options === "object" ? options : { duration: options };
    return animate.call(this, frames, isStill ? { ...timing, duration: 0, delay: 0, endDelay: 0 } : timing);
  };

  // ---- Streamlit's own texts --------------------------------------------------------------
  const exact = new Map(Object.entries(BUILT_IN.exact));
  const patterns = BUILT_IN.patterns.map(([from, to]) => [new RegExp(from), to]);
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "aria-roledescription"];
  // An icon is a word drawn by a font; what people wrote and what a page says is never Streamlit's.
  const OURS = "[data-testid=stHtml]";
  const NOT_OURS =
    "[data-testid=stIconMaterial],[data-testid=stHtml],[data-testid=stTable],[translate=no]," +
    "script,style,textarea,svg";

  const translated = (text) => {
    const bare = text.trim();
    if (!bare || bare.length > 400) return null;
    const found = exact.get(bare);
    if (found !== undefined) return text.replace(bare, () => found);
    for (const [from, to] of patterns)
      if (from.test(bare)) return text.replace(bare, () => bare.replace(from, to));
    return null;
  };
  const translateText = (node) => {
    const better = translated(node.data);
    if (better !== null && better !== node.data && !node.parentElement?.closest(NOT_OURS))
      node.data = better;
  };
  const translateAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const now = element.getAttribute(name);
      const better = now === null ? null : translated(now);
      if (better !== null && better !== now) element.setAttribute(name, better);
    }
  };
  const skipOurs = (node) =>
    node.nodeType === Node.ELEMENT_NODE && node.matches(OURS)
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT;
  const translateAll = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE || root.matches(OURS)) return undefined;
    const what = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
    const walk = document.createTreeWalker(root, what, skipOurs);
    for (let node = root; node; node = walk.nextNode())
      node.nodeType === Node.TEXT_NODE ? translateText(node) : translateAttributes(node);
    return undefined;
  };

  // Streamlit looks through our HTML node by node, and takes the drawings out of it: a page comes
  // whole as an attribute, and is opened here before anything is painted.
  const openPages = (root) => {
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const packed = `${OURS} > [data-html]`;
    const found = root.matches(packed) ? [root] : root.querySelectorAll(packed);
    for (const closed of found) {
      closed.innerHTML = decodeURIComponent(closed.dataset.html);
      delete closed.dataset.html;
    }
  };

  // The place to drop files on has a name and a focus, and says that it is nothing.
  const mend = (root) => {
    for (const zone of root.querySelectorAll?.("[data-testid=stFileUploaderDropzone]") ?? [])
      zone.setAttribute("role", "group");
    // Each field of choices has a button to open it, and says which.
    const openers = "[data-testid=stSelectbox] button[aria-haspopup=listbox]";
    for (const button of root.querySelectorAll?.(openers) ?? []) {
      const label = button.closest("[data-testid=stSelectbox]").querySelector("label")?.textContent;
      const named = button.ariaLabel ?? "";
      if (label && !named.includes(label)) button.ariaLabel = `${named} ${label}`;
    }
  };

  // ---- contrast: the reader's choice, kept in this browser ----------------------------------
  const CONTRAST = "forankring_contrast";
  const hasMore = () => {
    try {
      return localStorage.getItem(CONTRAST) === "more";
    } catch {
      return false; // a browser that keeps nothing
    }
  };
  const showContrast = (isMore) => {
    if (isMore) document.documentElement.dataset.contrast = "more";
    else delete document.documentElement.dataset.contrast;
    for (const button of document.querySelectorAll("button[data-contrast]"))
      if (button.getAttribute("aria-pressed") !== String(isMore))
        button.setAttribute("aria-pressed", String(isMore));
  };
  showContrast(hasMore());
  addEventListener("click", (event) => {
    if (!event.target.closest?.("button[data-contrast]")) return;
    const isMore = document.documentElement.dataset.contrast !== "more";
    try {
      localStorage.setItem(CONTRAST, isMore ? "more" : "");
    } catch {
      // The choice holds for this page.
    }
    showContrast(isMore);
  });

  // ---- after every change of the page ------------------------------------------------------
  let isOnItsWay = location.hash !== ""; // a link was followed, and its page is not drawn yet
  let arrivedAt = null; // what the reader was last brought to without a link
  const startAt = (place) => {
    // What is folded is opened: nobody follows a link to something that does not show.
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details"))
      fold.open = true;
    const summary = place.matches("details") ? place.querySelector(":scope > summary") : null;
    if (!summary) place.tabIndex = -1;
    (summary ?? place).focus({ preventScroll: true });
    if (place.matches("h1")) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
    else place.scrollIntoView();
  };
  // What other pages draw with is fetched while the first one is read, at the lowest priority.
  let isFetchedAhead = false;
  const fetchAhead = () => {
    if (isFetchedAhead || navigator.connection?.saveData) return;
    isFetchedAhead = true;
    for (const path of BUILT_IN.later) {
      const link = document.createElement("link");
      link.rel = "prefetch";
      link.as = "script";
      link.crossOrigin = "anonymous";
      link.href = new URL(path, window.__streamlit.BACKEND_BASE_URL).href;
      document.head.append(link);
    }
    rested();
  };
  // Not before the page has been painted and has stood still for a moment: it comes first.
  const STILL_MS = 300;
  const fetchLater = () => requestAnimationFrame(() => setTimeout(fetchAhead, STILL_MS));
  // Drawing charts takes a second to get ready for, once. That is done while the reader reads, when
  // nothing was touched for a while; or at once when a link to a page with charts is pointed at.
  const REST_MS = 2500;
  let isReady = false;
  let rest = 0;
  const getReady = () => {
    clearTimeout(rest);
    if (isReady || !isFetchedAhead || !BUILT_IN.charts) return;
    isReady = true;
    // What fails here is asked for again, and told, by the page that needs it.
    import(new URL(BUILT_IN.charts, window.__streamlit.BACKEND_BASE_URL).href).catch(() => {});
  };
  const rested = () => {
    clearTimeout(rest);
    if (!isReady && isFetchedAhead) rest = setTimeout(getReady, REST_MS);
  };
  for (const kind of ["pointermove", "pointerdown", "keydown", "wheel", "touchmove"])
    addEventListener(kind, rested, { passive: true });
  const pointedAt = (event) => {
    const path = event.target.closest?.("a[href]")?.pathname;
    if (BUILT_IN.charted.includes(path)) getReady();
  };
  for (const kind of ["pointerover", "focusin"]) addEventListener(kind, pointedAt);
  const settle = () => {
    showContrast(document.documentElement.dataset.contrast === "more");
    const app = document.querySelector("[data-testid=stApp]");
    const heading = document.querySelector("[data-testid=stMain] h1");
    if (heading && app?.dataset.testScriptState === "notRunning") fetchLater();
    // The page became about something else where it stands: a file was dropped, or is stored.
    const about = heading?.dataset.arrive;
    if (about && about !== arrivedAt) {
      arrivedAt = about;
      startAt(heading);
    }
    if (!isOnItsWay || app?.dataset.testScriptState !== "notRunning" || !heading) return;
    // A link may name a part of the page: reading then starts there.
    const part = location.hash && document.getElementById(location.hash.slice(1));
    // A screen reader starts reading where the new page starts, as after a full load.
    isOnItsWay = false;
    startAt(part || heading);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      // A chart is a thousand small changes, and drawn words are the page's own.
      if (change.target instanceof SVGElement) continue;
      if (change.type === "childList") {
        change.addedNodes.forEach(openPages);
        change.addedNodes.forEach(keepFocus);
        // What a page says is in the reader's language, and is most of the document.
        if (change.target.closest?.(OURS)) continue;
        change.addedNodes.forEach(translateAll);
        change.addedNodes.forEach(mend);
      } else if (change.type === "characterData") translateText(change.target);
      else translateAttributes(change.target);
    }
    settle();
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: [...ATTRIBUTES, "data-test-script-state"],
  });

  // ---- one-key shortcuts off (WCAG 2.1.4) --------------------------------------------------
  addEventListener(
    "keydown",
    (event) => {
      const isTyping = event.target.closest?.("input,textarea,select,[contenteditable=true]");
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key.toLowerCase() === "r" || event.key.toLowerCase() === "c")
        event.stopImmediatePropagation();
    },
    true,
  );

  // ---- the menu on a phone -------------------------------------------------------------------
  const openMenu = (button, isOpen) => button.setAttribute("aria-expanded", String(isOpen));
  addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-menu]");
    if (button) openMenu(button, button.getAttribute("aria-expanded") !== "true");
  });
  addEventListener("keydown", (event) => {
    const button = document.querySelector("button[data-menu][aria-expanded=true]");
    if (event.key !== "Escape" || !button) return;
    openMenu(button, false);
    button.focus();
  });

  // ---- the page about the numbers: what holds a word, and everything open ---------------------
  addEventListener("input", (event) => {
    if (!event.target.matches?.("input[data-find]")) return;
    const asked = event.target.value.trim().toLocaleLowerCase();
    const holds = (place) => place.textContent.toLocaleLowerCase().includes(asked);
    let hits = 0;
    for (const place of document.querySelectorAll(".card,.glossary > div,.chapter .reasons li")) {
      if (place.parentElement.closest(".card")) continue;
      place.hidden = !holds(place);
      if (!place.hidden) hits += 1;
    }
    for (const place of document.querySelectorAll(".chapter")) place.hidden = !holds(place);
    const told = document.querySelector("[data-hits]");
    told.textContent = asked ? told.dataset.hits.replace("{n}", hits) : "";
  });
  addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-unfold]");
    if (!button) return;
    const isOpen = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(isOpen));
    for (const fold of document.querySelectorAll("details.card")) fold.open = isOpen;
  });

  // ---- paper --------------------------------------------------------------------------------
  addEventListener("click", (event) => {
    if (event.target.closest?.("button[data-print]")) print();
  });

  // ---- language -----------------------------------------------------------------------------
  // The document speaks the language too, so it is loaded anew, where the reader is now.
  addEventListener("click", (event) => {
    const chosen = event.target.closest?.("button[data-language]");
    if (!chosen) return;
    const here = new URL(location.href);
    here.searchParams.set(BUILT_IN.language, chosen.dataset.language);
    // In local mode the role is the visit's, and a new visit begins.
    const role = document.querySelector(`select[data-choice="${BUILT_IN.role}"]`);
    if (role) here.searchParams.set(BUILT_IN.still_role, role.value);
    location.assign(here);
  });

  // ---- links between the pages -------------------------------------------------------------
  // A plain link would load the application anew. Streamlit follows the address when the browser
  // goes back; following a link is told to it in the same way.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-testid=stHtml] a[href],[data-testid=stMarkdown] a[href]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.hasAttribute("download")) return;
    if (!BUILT_IN.addresses.includes(link.pathname)) return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) {
      // Within the page the browser finds the place by itself, also one that is folded away.
      const place = document.getElementById(link.hash.slice(1));
      if (place) requestAnimationFrame(() => startAt(place));
      return;
    }
    event.preventDefault();
    isOnItsWay = true;
    history.pushState(null, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: null }));
  });

  // A choice of municipality or month is a link too; it keeps the focus when it is drawn anew.
  let pickedLast = null;
  addEventListener("change", (event) => {
    const field = event.target.closest?.("select[data-choice]");
    if (!field) return;
    pickedLast = field.dataset.choice;
    const next = new URL(location.href);
    next.searchParams.set(pickedLast, field.value);
    next.hash = "";
    history.pushState(null, "", next.href);
    dispatchEvent(new PopStateEvent("popstate", { state: null }));
  });
  // With the arrows one looks for a choice, and makes it with Enter: not a page for each.
  addEventListener("keydown", (event) => {
    if (!event.target.matches?.("select[data-choice]") || !HTMLSelectElement.prototype.showPicker)
      return;
    if (event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    event.target.showPicker();
  });
  const keepFocus = (root) => {
    if (!pickedLast || document.activeElement !== document.body) return;
    root.querySelector?.(`select[data-choice="${pickedLast}"]`)?.focus({ preventScroll: true });
  };

  // An address that only gets its choices filled in is the same address: one step back, not two.
  // So is one that has told which role it is seen as.
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, url) => {
    const next = new URL(url ?? location.href, location.href);
    const now = new URLSearchParams(location.search);
    const isFilledIn =
      next.pathname === location.pathname &&
      ((next.searchParams.has(BUILT_IN.choice) && !now.has(BUILT_IN.choice)) ||
        (now.has(BUILT_IN.role) && !next.searchParams.has(BUILT_IN.role)));
    (isFilledIn ? history.replaceState.bind(history) : push)(state, unused, url);
  };
})();
