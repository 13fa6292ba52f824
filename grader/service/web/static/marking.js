// Keys for whoever marks: 1-9 choose an item, a letter beside it a comment, i unfolds a new item, j and k go to the next and the one before, n to the next
// that waits, u takes back what was saved last, Ctrl+Enter saves and goes on. In a field keys are letters, and Esc leaves it. Without this there are buttons.
(() => {
  "use strict";
  const typing = (at) => at.matches("textarea, select, input:not([type=checkbox])");
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.metaKey || event.isComposing) return;
    const saves = event.key === "Enter" && event.ctrlKey;
    if (event.key === "Escape") {
      if (typing(event.target)) event.target.blur();
      return;
    }
    if (!saves && (event.ctrlKey || typing(event.target))) return;
    if (event.key === "Enter" && !saves) return;
    const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!found) return;
    event.preventDefault();
    found.click();
    if (found.matches("summary") && found.parentElement.open) found.parentElement.querySelector("input").focus();
  });
  const sum = document.getElementById("sum");
  if (!sum) return;
  const form = sum.closest("form");
  const number = (name) => Number.parseInt(form.elements[name].value.replace("\u2212", "-"), 10) || 0;
  const tell = () => {
    const items = [...form.querySelectorAll("[data-points]:checked")].map((item) => Number(item.dataset.points));
    const points = items.reduce((all, each) => all + each, number("points") + number("new_points"));
    sum.textContent = sum.dataset.says.replace("#", Math.min(Math.max(points, 0), Number(sum.dataset.most)));
  };
  form.addEventListener("input", tell);
  tell();
})();
