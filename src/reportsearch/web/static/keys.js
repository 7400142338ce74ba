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
