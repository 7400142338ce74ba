// Keys, buttons that copy, names of chosen files, and parts of a page that come later.
// Everything works without a script.
const isTyped = (element) =>
  /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable;
const isPlain = (event) => !event.ctrlKey && !event.altKey && !event.metaKey;

// "/" puts the cursor into the search box, Esc takes it out again.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("input[type=search]");
  if (event.key === "/" && box && !isTyped(event.target) && isPlain(event)) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "Escape" && event.target === box) {
    // A browser would empty the box.
    event.preventDefault();
    box.blur();
  }
});

// The arrows go from the box to the hits and from hit to hit; j and k do from anywhere.
document.addEventListener("keydown", (event) => {
  const steps = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
  if (!(event.key in steps) || !isPlain(event)) return;
  const box = document.querySelector("#q");
  const places = [box, ...document.querySelectorAll(".hit h2 a")];
  const at = places.indexOf(event.target);
  const isArrow = event.key.startsWith("Arrow");
  if (isTyped(event.target) ? !(isArrow && event.target === box) : isArrow && at < 0) return;
  const next = places[at < 0 ? 1 : at + steps[event.key]];
  if (next && (isArrow || next !== box)) {
    event.preventDefault();
    next.focus();
  }
});

// Buttons copy what stands below them; without a script that can be selected.
for (const button of document.querySelectorAll("button.copy")) button.hidden = false;
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  const source = button.closest("p").nextElementSibling;
  const said = button.textContent;
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = said; }, 2000);
  } catch {
    // No clipboard on a page from elsewhere without TLS: have it selected.
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
  }
});

// Files are chosen with a button in the language of the page, not of the browser.
const MAX_NAMES = 3;
const showChosen = (input) => {
  const chosen = input.previousElementSibling;
  const names = [...input.files].map((file) => file.name);
  const { none, several } = chosen.dataset;
  chosen.lastElementChild.textContent =
    names.length > MAX_NAMES ? several.replace("{number}", names.length) : names.join("\n") || none;
  chosen.hidden = false;
};
for (const input of document.querySelectorAll(".picker input")) {
  showChosen(input);
  input.addEventListener("change", () => showChosen(input));
}

// A part of a page that takes long to work out is fetched from a page of its own, which tells the
// progress or an error until it is there. The link to that page stays meanwhile.
const load = async (part) => {
  const progress = part.querySelector("div");
  const failed = part.querySelector("[role=alert]");
  const again = part.querySelector("button");
  const fail = (text) => {
    progress.replaceChildren();
    failed.textContent = text;
    again.hidden = false;
  };
  failed.textContent = "";
  again.hidden = true;
  let answer, page;
  try {
    answer = await fetch(part.dataset.load);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    fail(failed.dataset.unreachable);
    return;
  }
  const found = page.getElementById(part.id);
  const running = page.getElementById("progress");
  if (found) {
    const hadFocus = part.contains(document.activeElement);
    part.replaceWith(found);
    if (hadFocus) found.querySelector("[tabindex]")?.focus();
  } else if (running) {
    // What changes every second is not read out.
    running.querySelector("[role=status]").removeAttribute("role");
    progress.replaceChildren(running);
    setTimeout(() => load(part), answer.headers.get("Refresh") * 1000);
  } else {
    const reason = page.querySelector("main p:not([role=alert])");
    fail(reason?.textContent ?? failed.dataset.unreachable);
  }
};
for (const part of document.querySelectorAll("[data-load]")) {
  part.querySelector("button").addEventListener("click", () => {
    part.querySelector("a").focus(); // The button goes.
    load(part);
  });
  load(part);
}
