// A button beside an address that copies it and says so; without this the address is there to select.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const told = button.closest(".field").querySelector("[role=status]");

  // Browsers keep the first from pages without HTTPS; the second is older and goes everywhere.
  const isCopied = async () => {
    field.select();
    const write = navigator.clipboard?.writeText(field.value);
    return (await write?.then(() => true, () => false)) || document.execCommand("copy");
  };

  button.hidden = false;
  button.addEventListener("click", async () => {
    told.textContent = "";
    // Emptied first, so that a second press is read out, too.
    told.textContent = (await isCopied()) ? button.dataset.done : button.dataset.failed;
  });
}
