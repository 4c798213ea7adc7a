// Makes two things nicer; every page works without it.
// 1. An element with data-live="/path" is fetched again while it says data-busy, and replaced.
// 2. A choice with data-send sends its form at once.
"use strict";
(() => {
  const say = (text) => { const live = document.getElementById("live"); if (live && live.textContent !== text) live.textContent = text; };
  const follow = async (element) => {
    const path = element.dataset.live;
    let failures = 0;
    while (element.isConnected && element.dataset.busy) {
      await new Promise((done) => setTimeout(done, failures ? 3000 : 700));
      try {
        const answer = await fetch(path, { headers: { "x-part": "1" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const text = await answer.text();
        const next = new DOMParser().parseFromString(text, "text/html").querySelector("[data-live]");
        if (!next) return;
        failures = 0;
        if (next.dataset.then) { location.assign(next.dataset.then); return; }
        if (next.outerHTML === element.outerHTML) continue;
        const held = element.contains(document.activeElement);
        element.replaceWith(document.adoptNode(next));
        element = next;
        if (held) { const heading = element.querySelector("h2, h3, a, button"); if (heading) { heading.setAttribute("tabindex", "-1"); heading.focus(); } }
        say(element.dataset.say || "");
      } catch { failures += 1; if (failures > 200) return; }
    }
  };
  document.querySelectorAll("[data-live]").forEach(follow);
  document.querySelectorAll("form [data-send]").forEach((field) => field.addEventListener("change", () => field.form.requestSubmit()));
})();
