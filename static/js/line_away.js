// The line is away: puts back what this tab showed when it was left. No other tab has it.
{
  const shown = sessionStorage.getItem(`ustod-page:${location.pathname}`);
  if (shown) {
    document.open();
    document.write(shown);
    document.close();
  }
}
