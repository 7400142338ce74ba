// "/" puts the cursor into the search box; everything else works without a script.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("input[type=search]");
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
  if (event.key === "/" && box && !typing && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

// j and k go to the next hit and the one before; the arrows do, from a hit's title.
document.addEventListener("keydown", (event) => {
  const hits = [...document.querySelectorAll(".hit h2 a")];
  const at = hits.indexOf(event.target);
  const steps = at < 0 ? { j: 1, k: -1 } : { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
  if (!(event.key in steps) || typing || event.ctrlKey || event.altKey || event.metaKey) return;
  const next = hits[at < 0 ? 0 : at + steps[event.key]];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

// Buttons that copy what stands below them; without a script it can be selected there.
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
}
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
    // No clipboard on a page without TLS from elsewhere: have it selected.
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
  }
});
