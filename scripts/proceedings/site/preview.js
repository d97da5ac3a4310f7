// Reloads this page when the preview reports a change (long polling). Only a visible page polls, because each request
// holds one of the few connections that a browser opens to a server.
(() => {
  const address = document.currentScript.dataset.ask;
  let question = null;

  const ask = async () => {
    if (question || document.hidden) return;
    question = new AbortController();
    let pause = 0;
    try {
      const answer = await fetch(address, { cache: "no-store", signal: question.signal });
      if (answer.status === 200) {
        location.reload();
        return;
      }
    } catch {
      pause = 1000; // the preview has ended or restarts
    }
    question = null;
    setTimeout(ask, pause);
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? question?.abort() : ask()));
  addEventListener("pageshow", ask);
})();
