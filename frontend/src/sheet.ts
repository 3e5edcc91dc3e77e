// The rest of the page on a narrow screen opens by a plain link to #rest. With a script it also
// closes on Escape and on a touch beside it, and menus close when the reader looks elsewhere.

/** No element has this name, so to go there closes the sheet and keeps the reader's place. */
const NOWHERE = "#read-on";

export function mountSheet(): void {
  const close = (): void => {
    if (location.hash === "#rest") location.replace(NOWHERE);
  };
  const closeMenus = (except: Node | null): void => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (!menu.contains(except)) menu.open = false;
    }
  };
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    closeMenus(null);
  });
  addEventListener("click", (event) => {
    const target = event.target as Element;
    closeMenus(target);
    if (!target.closest("#rest, .thumb")) close();
  });
}
