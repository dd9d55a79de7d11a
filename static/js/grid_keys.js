// Enter and the arrows go down and up a column of a grid.
for (const grid of document.querySelectorAll("[data-grid]")) {
  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
    const up = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
    if (!up && event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    let row = cell.parentElement;
    while ((row = up ? row.previousElementSibling : row.nextElementSibling)) {
      const field = row.cells[cell.cellIndex]?.querySelector("input");
      if (field) {
        field.focus();
        field.select();
        return;
      }
    }
  });
}
