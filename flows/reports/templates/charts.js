(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const colours = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const config = () => ({
    background: "transparent",
    font: getComputedStyle(document.body).fontFamily,
    view: { stroke: null },
    axis: { labelColor: colours("--soft"), titleColor: colours("--soft"), gridColor: colours("--line"), domainColor: colours("--line"),
      tickColor: colours("--line"), labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
    legend: { labelColor: colours("--ink"), labelFontSize: 13 },
    range: { category: dark.matches
      ? ["#7cc4e0", "#f2b880", "#9bd19b", "#e59ad0", "#d6d06a", "#b3a7f0"]
      : ["#0b5c7a", "#b4530b", "#2f7d4f", "#8e2f7a", "#7a6a00", "#4b3fae"] },
  });
  const go = (anchor) => {
    const row = anchor && document.getElementById(anchor);
    if (!row) return;
    row.closest("details.points").open = true;
    row.querySelector("details")?.setAttribute("open", "");
    document.querySelectorAll("tr.here").forEach((other) => other.classList.remove("here"));
    row.classList.add("here");
    row.scrollIntoView({ block: "center" });
    row.setAttribute("tabindex", "-1");
    row.focus({ preventScroll: true });
  };
  const draw = () => document.querySelectorAll(".chart").forEach((element) => {
    const spec = JSON.parse(document.getElementById(element.dataset.spec).textContent);
    vegaEmbed(element, spec, { actions: false, ast: true, renderer: "svg", config: config(), tooltip: { theme: dark.matches ? "dark" : "light" } })
      .then(({ view }) => {
        element.dataset.drawn = "yes";
        view.addEventListener("click", (_event, item) => go(item?.datum?.anchor));
      })
      .catch((error) => { element.textContent = "The chart could not be drawn (" + error.message + "); its values are listed below."; });
  });
  dark.addEventListener("change", draw);
  draw();
})();
