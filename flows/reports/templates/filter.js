(() => {
  const checks = [...document.querySelectorAll(".check")];
  const kind = document.getElementById("by-kind");
  const source = document.getElementById("by-source");
  const words = document.getElementById("by-words");
  const shown = document.getElementById("shown");
  if (!kind || !source || !words || !shown) return;
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
  const texts = checks.map((check) => fold(check.textContent));
  const apply = () => {
    const wanted = fold(words.value.trim());
    let count = 0;
    checks.forEach((check, i) => {
      const fits = (!kind.value || check.dataset.kind === kind.value)
        && (source.value === "*" || check.dataset.source === source.value)
        && (!wanted || texts[i].includes(wanted));
      check.hidden = !fits;
      count += fits ? 1 : 0;
    });
    shown.textContent = count + " of " + checks.length + " shown";
  };
  [kind, source].forEach((field) => field.addEventListener("change", apply));
  words.addEventListener("input", apply);
  document.getElementById("filters").hidden = false;
  apply();
})();
