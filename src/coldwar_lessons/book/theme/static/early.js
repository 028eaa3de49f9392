// Before anything is painted: the colours that the reader chose, else those of the system.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("coldwar-lessons/colours") ?? "auto";
  } catch {
    // A browser that keeps nothing follows the system.
  }
  root.dataset.colours = chosen === "light" || chosen === "dark" ? chosen : "auto";
  const apply = () => {
    const { colours } = root.dataset;
    root.dataset.theme = colours === "auto" ? (dark.matches ? "dark" : "light") : colours;
  };
  dark.addEventListener("change", apply);
  root.addEventListener("cwl-colours", apply);
  root.classList.add("scripts");
  // A script that cannot be had must not leave hidden what it would have shown.
  addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && root.classList.remove("scripts"), true);
  apply();
})();
