// Runs before the page is painted, so that a reader who chose light or dark sees no flash.

try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset["theme"] = chosen;
} catch {
  // storage is closed to this page: the device decides
}
