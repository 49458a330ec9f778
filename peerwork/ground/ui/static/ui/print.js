// A button that prints the page. Without this script it would do nothing, so it shows itself only here.
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
  button.hidden = false;
}
