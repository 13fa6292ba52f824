// Keys for whoever marks: 1-9 choose an item, a letter beside it a comment, j and k go to the next and the one before, n to the next that waits, u takes
// back what was saved last, Ctrl+Enter saves and goes on. In a field keys are letters. Without this there are buttons.
(() => {
  "use strict";
  const typing = (at) => at.matches("textarea, select, input:not([type=checkbox])");
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.metaKey || event.isComposing) return;
    const saves = event.key === "Enter" && event.ctrlKey;
    if (!saves && (event.ctrlKey || typing(event.target))) return;
    if (event.key === "Escape" || (event.key === "Enter" && !saves)) return;
    const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!found) return;
    event.preventDefault();
    found.click();
  });
})();
