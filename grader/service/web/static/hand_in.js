// The form to hand in: a file may be dropped on it, and sending shows how far it is. Without this the form is sent as any.
(() => {
  "use strict";
  const ready = () => {
    const form = document.getElementById("hand-in");
    if (!form) return;
    const drop = form.querySelector(".drop"), input = form.querySelector("input[type=file]");
    const button = form.querySelector("button"), bar = form.querySelector("progress"), said = form.querySelector("[data-said]");

    for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.remove("over"); });
    drop.addEventListener("drop", (event) => { if (event.dataTransfer.files.length) input.files = event.dataTransfer.files; });

    form.addEventListener("submit", (event) => {
      if (!input.files.length || !window.XMLHttpRequest) return;
      event.preventDefault();
      if (button.getAttribute("aria-disabled") === "true") return;
      if ([...input.files].reduce((sum, file) => sum + file.size, 0) > Number(form.dataset.most)) {
        said.textContent = form.dataset.tooLarge;
        input.setAttribute("aria-invalid", "true");
        input.focus();
        return;
      }
      const request = new XMLHttpRequest();
      const busy = (yes) => {
        button.setAttribute("aria-disabled", yes ? "true" : "false");
        bar.parentElement.hidden = !yes;
      };
      busy(true);
      said.textContent = form.dataset.sending;
      request.open("POST", form.action);
      request.upload.onprogress = (sent) => {
        if (!sent.lengthComputable) return;
        bar.max = sent.total;
        bar.value = sent.loaded;
      };
      request.onload = () => {
        if (request.status < 300) return location.assign(request.responseURL);
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        const main = page.getElementById("main");
        if (!main) { busy(false); said.textContent = form.dataset.failed; return; }
        document.getElementById("main").innerHTML = main.innerHTML;
        ready();
        const error = document.querySelector("#main [aria-invalid=true]") || document.getElementById("main");
        error.focus();
      };
      request.onerror = () => { busy(false); said.textContent = form.dataset.failed; };
      request.send(new FormData(form));
    });
  };
  ready();
})();
