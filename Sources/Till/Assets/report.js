// The chart says in one look what the table below says in figures.
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
  const chart = JSON.parse(canvas.dataset.chart);
  const shades = ["--line-strong", "--accent-line", "--accent"].map(colour);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  new Chart(canvas, {
    type: "bar",
    data: {
      labels: chart.labels,
      datasets: chart.series.map((series, index) => ({
        label: series.name,
        data: series.values,
        backgroundColor: shades[index % shades.length],
        borderColor: colour("--ink"),
        borderWidth: index,
        borderSkipped: false,
      })),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: still ? false : { duration: 200 },
      color: colour("--ink"),
      font: { family: getComputedStyle(document.body).fontFamily, size: 14 },
      scales: {
        x: { ticks: { color: colour("--ink-soft") }, grid: { display: false } },
        y: { beginAtZero: true, ticks: { precision: 0, color: colour("--ink-soft") }, grid: { color: colour("--line") } },
      },
      plugins: { legend: { position: "bottom", labels: { color: colour("--ink") } } },
    },
  });
}
