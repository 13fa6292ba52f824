// A button beside each link that is to be given to others: it copies the link. Without this the link is marked and copied.
(() => {
  "use strict";
  if (!navigator.clipboard) return;
  for (const field of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button"), said = document.createElement("span");
    button.type = "button";
    button.className = "button";
    button.textContent = field.dataset.copy;
    said.setAttribute("role", "status");
    said.className = "quiet";
    button.addEventListener("click", async () => {
      field.select();
      try { await navigator.clipboard.writeText(field.value); } catch (_) { return; }
      said.textContent = field.dataset.copied;
    });
    field.after(button, said);
  }
})();
