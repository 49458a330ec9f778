// A button that copies what it names. Without this script it would do nothing, so it shows itself only here.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.done;
  });
  button.hidden = !navigator.clipboard;
}
