// Searches the words of all pages, which pages.js holds. No network.
(() => {
  const box = document.getElementById("search");
  const list = document.getElementById("found");
  const root = document.body.dataset.root;
  const most = 12;
  box.closest("[role=search]").hidden = false;

  const score = (page, words) => {
    let sum = 0;
    const title = page.title.toLowerCase();
    const line = page.line.toLowerCase();
    const text = page.text.toLowerCase();
    for (const word of words) {
      const times = text.split(word).length - 1;
      if (!times && !title.includes(word)) return 0;
      sum += Math.log1p(times) + 8 * title.includes(word) + 3 * line.includes(word);
      if (title === word) sum += 20;
    }
    return sum;
  };

  const around = (page, word) => {
    const at = page.text.toLowerCase().indexOf(word);
    return at < 0 ? page.line : "… " + page.text.slice(Math.max(0, at - 60), at + 90) + " …";
  };

  const show = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!words.length) return;
    const hits = window.PAGES.map((page) => [score(page, words), page])
      .filter(([value]) => value > 0)
      .sort((one, two) => two[0] - one[0]);
    for (const [, page] of hits.slice(0, most)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = root + "/" + page.path;
      link.textContent = page.title;
      const told = document.createElement("span");
      told.textContent = around(page, words[0]);
      item.append(link, told);
      list.append(item);
    }
    if (!hits.length) list.append("No page has all of these words.");
  };

  box.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { box.value = ""; show(); }
    if (event.key === "Enter" && list.querySelector("a")) list.querySelector("a").click();
  });
})();
