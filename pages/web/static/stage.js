// The slides of the meeting: one at a time, by keys, buttons and the address. All of them are in
// the page from the start, so that turning one is a matter of style, and asks the server nothing.
"use strict";
(() => {
  const ROOT = document.documentElement;
  const ASKED = "ark";
  const KEPT = "forankring-stage";
  const WIDTH = 1280;
  const HEIGHT = 720;
  const ZOOMS = [1, 1.1, 1.2];
  const LEAST = 0.86; // below it a table's words would be smaller than the back row can read
  const LOWEST = 606; // where the buttons begin, from the top of a slide
  const TYPING =
    "input,textarea,select,[contenteditable=true],[role=combobox],[role=listbox],[role=option]," +
    "[role=grid],[role=gridcell],[role=dialog]";

  const LOST = ".stDialog";

  const slides = document.getElementsByClassName("slide");
  const isOpen = () => ROOT.dataset.stage === "open";
  const isBlack = () => ROOT.dataset.stageBlack === "yes";
  const isDeciding = () => ROOT.dataset.decide === "open";
  const panel = () => document.querySelector(".st-key-fk_decide");
  const asked = () => {
    const words = new URLSearchParams(location.search).get(ASKED);
    return words === null ? null : Number.parseInt(words, 10) || 1;
  };

  // ---- what the reader chose is remembered in this browser -----------------------------------
  const look = { size: 0, contrast: false };
  try {
    Object.assign(look, JSON.parse(localStorage.getItem(KEPT) ?? "{}"));
  } catch {
    // Nothing is kept where the browser keeps nothing.
  }
  const looks = () => {
    ROOT.dataset.stageSize = look.size;
    ROOT.dataset.stageContrast = look.contrast ? "high" : "plain";
    pressed("contrast", look.contrast);
    if (isOpen()) fit(slides[now() - 1]);
    try {
      localStorage.setItem(KEPT, JSON.stringify(look));
    } catch {
      // As above.
    }
  };
  const pressed = (does, is) => {
    const name = does === "decide" ? "aria-expanded" : "aria-pressed";
    document.querySelector(`[data-stage=${does}]`)?.setAttribute(name, String(is));
  };

  // ---- one slide ----------------------------------------------------------------------------
  const now = () => Number(ROOT.dataset.ark) || 1;
  const address = (change) => {
    const here = new URL(location.href);
    change(here.searchParams);
    history.replaceState(history.state, "", here);
  };
  const show = (wanted) => {
    const place = Math.min(Math.max(wanted, 1), slides.length);
    ROOT.dataset.ark = place;
    if (asked() !== place) address((choices) => choices.set(ASKED, place));
    const { title, question, part } = slides[place - 1].dataset;
    ROOT.dataset.part = part;
    tell(slides[place - 1].querySelector(".slide-where")?.textContent ?? "");
    for (const [does, isEnd] of [["previous", place === 1], ["next", place === slides.length]])
      document.querySelector(`[data-stage=${does}]`)?.setAttribute("aria-disabled", String(isEnd));
    fit(slides[place - 1]);
    about(question || title);
    remember(place);
  };
  // For whoever does not see the wall.
  const tell = (where) => {
    const told = document.querySelector("[data-stage-where]");
    const words = told && isBlack() ? told.dataset.black : where;
    if (told && told.textContent !== words) told.textContent = words;
  };
  // As large as was chosen, and no larger than the slide holds: nothing on the wall is cut.
  const fit = (slide) => {
    const body = slide.querySelector(".beside,.below,.alone");
    let zoom = ZOOMS[look.size] ?? 1;
    slide.style.setProperty("--zoom", zoom);
    while (body.offsetTop + body.offsetHeight > LOWEST && zoom - 0.02 >= LEAST) {
      zoom -= 0.02;
      slide.style.setProperty("--zoom", zoom.toFixed(2));
    }
  };
  // Slides that were never shown are printed too.
  const fitAll = () => {
    for (const slide of isOpen() ? slides : []) {
      slide.dataset.measured = "";
      fit(slide);
      delete slide.dataset.measured;
    }
  };
  const about = (words) => {
    const place = document.querySelector("[data-stage-about]");
    if (place && place.textContent !== words) place.textContent = words;
  };
  // The form sends along which slide is on the wall. React watches how its fields are filled in.
  const remember = (place) => {
    const field = panel()?.querySelector("[class*=st-key-decide_slide] input");
    if (!field || field.value === String(place)) return;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, place);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // A sheet of paper is one slide; the other pages of the dashboard are printed on A4 as ever.
  const paper = document.createElement("style");
  paper.textContent = `@page { margin: 0; size: ${WIDTH}px ${HEIGHT}px; }`;

  // ---- open and shut ------------------------------------------------------------------------
  const scale = () => {
    const by = Math.min(innerWidth / WIDTH, innerHeight / HEIGHT);
    ROOT.style.setProperty("--scale", by.toFixed(4));
  };
  const settle = () => {
    const wanted = slides.length ? asked() : null;
    if (wanted === null) {
      if (isOpen()) {
        delete ROOT.dataset.stage;
        delete ROOT.dataset.stageBlack;
        paper.remove();
        decide(false);
      }
      return;
    }
    if (!isOpen()) {
      ROOT.dataset.stage = "open";
      document.head.append(paper);
      scale();
      looks();
    }
    show(wanted);
    if (isLeft()) requestAnimationFrame(resume);
  };
  // What had the focus is gone when the page is drawn anew: on with the next decision. On its way
  // from one field to the next nothing has the focus either, so it is asked again a moment later.
  const isLeft = () =>
    isDeciding() && (document.activeElement ?? document.body) === document.body;
  const resume = () => {
    if (isLeft()) type();
  };
  const leave = () => {
    address((choices) => choices.delete(ASKED));
    settle();
    document.querySelector(".start")?.focus();
  };
  // Beside the slides that look back, first what was decided before; else the words of a decision.
  const type = () => {
    const before = panel()?.querySelector(".decide-before");
    const field = panel()?.querySelector("form input, .stForm input");
    (before?.offsetParent ? before : field)?.focus();
  };
  const decide = (is) => {
    if (is) ROOT.dataset.decide = "open";
    else delete ROOT.dataset.decide;
    pressed("decide", is);
    if (is) type();
  };
  const black = () => {
    if (isBlack()) delete ROOT.dataset.stageBlack;
    else ROOT.dataset.stageBlack = "yes";
    show(now());
  };
  const full = () =>
    document.fullscreenElement ? document.exitFullscreen() : ROOT.requestFullscreen?.();

  const acts = {
    next: () => show(now() + 1),
    previous: () => show(now() - 1),
    first: () => show(1),
    last: () => show(slides.length),
    decide: () => decide(!isDeciding()),
    close: () => {
      decide(false);
      document.querySelector("[data-stage=decide]")?.focus();
    },
    larger: () => {
      look.size = Math.min(look.size + 1, ZOOMS.length - 1);
      looks();
    },
    smaller: () => {
      look.size = Math.max(look.size - 1, 0);
      looks();
    },
    contrast: () => {
      look.contrast = !look.contrast;
      looks();
    },
    full,
    black,
    leave,
  };

  const KEYS = {
    ArrowRight: "next",
    ArrowDown: "next",
    PageDown: "next",
    ArrowLeft: "previous",
    ArrowUp: "previous",
    PageUp: "previous",
    Home: "first",
    End: "last",
    f: "full",
    v: "decide",
    k: "contrast",
    b: "black",
    ".": "black",
    "+": "larger",
    "-": "smaller",
  };
  // A list that Escape shuts is gone when the key comes here; the panel stays.
  let isChoosing = false;
  const notice = () => {
    isChoosing = document.querySelector("[role=listbox],[role=grid]") !== null;
  };
  addEventListener("keydown", notice, { capture: true });
  addEventListener("keydown", (event) => {
    if (!isOpen() || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isBlack()) {
      // Any key brings the slide back, and does nothing else that nobody sees.
      event.preventDefault();
      return acts.black();
    }
    // What Streamlit says of a lost connection is no place to type: the meeting goes on.
    const typing = event.target.closest?.(TYPING) && !event.target.closest(LOST);
    if (event.key === "Escape" && isDeciding() && !isChoosing) return acts.close();
    if (typing) return undefined;
    const button = event.target.closest?.("button,a[href],summary");
    let does = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
    if (event.key === " " && !button) does = event.shiftKey ? "previous" : "next";
    if (!does) return undefined;
    event.preventDefault();
    return acts[does]();
  });
  addEventListener("click", (event) => {
    const does = event.target.closest?.("button[data-stage]")?.dataset.stage;
    if (isBlack()) acts.black();
    else if (does) acts[does]?.();
  });
  addEventListener("resize", scale);
  addEventListener("beforeprint", fitAll);
  document.addEventListener("fullscreenchange", () =>
    pressed("full", document.fullscreenElement !== null),
  );
  // That the connection is lost is told beside the slides, which need none: they are not shut off.
  const goOn = () => {
    const root = document.getElementById("root");
    if (isOpen() && root?.inert && document.querySelector(LOST)) root.inert = false;
  };
  addEventListener("popstate", settle);
  new MutationObserver(() => {
    if (slides.length || isOpen()) settle();
    if (isOpen()) requestAnimationFrame(goOn);
  }).observe(ROOT, { subtree: true, childList: true });
})();
