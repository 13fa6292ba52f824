// Pages on the way from a learning platform: what we are known by is kept by the platform's page where no cookie is, by
// messages between the windows; and a form that goes back to it sends itself. Without this each page has a button.
(() => {
  "use strict";
  const card = document.querySelector("[data-lti]");
  if (!card) return;
  const { lti, frame, origin, key, value, there } = card.dataset;
  const form = card.querySelector("form");
  if (lti === "send") { form.submit(); return; }
  if (lti === "close") { (window.opener || window.parent).postMessage({ subject: "org.imsglobal.lti.close" }, "*"); return; }
  const done = (kept) => {
    if (lti === "put") { window.location.assign(there); return; }
    form.elements.kept.value = kept || "-";
    form.submit();
  };
  const keeper = (() => {
    if (window.parent === window) return null;
    try { return frame === "_parent" ? window.parent : window.parent.frames[frame]; } catch { return null; } // of another site's page, a frame that is not there
  })();
  // a platform that does not answer: the button that is on the page stays, or the site says what to do
  if (!keeper) { if (lti === "get") done(""); return; }
  const id = crypto.randomUUID();
  const late = window.setTimeout(() => { if (lti === "get") done(""); }, 3000);
  window.addEventListener("message", (event) => {
    const said = event.data;
    if (event.origin !== origin || !said || said.message_id !== id || said.subject !== `lti.${lti}_data.response`) return;
    window.clearTimeout(late);
    if (lti === "put" && said.error) return;
    done(said.value);
  });
  const asked = { subject: `lti.${lti}_data`, message_id: id, key: `grader_${key}` };
  keeper.postMessage(lti === "put" ? { ...asked, value } : asked, origin);
})();
