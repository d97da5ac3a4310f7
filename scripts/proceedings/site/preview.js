// Asks the preview whether this page has changed, and loads it anew when it has. Only the page in view asks: a browser
// opens few connections to one server, and an open question holds one.
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
