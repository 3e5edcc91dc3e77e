// Marks, in the table of contents, the section the reader is in.

/** How far below the top of the window a heading counts as reached, in pixels. */
const REACHED = 120;

export function mount(elements: HTMLElement[]): void {
  for (const element of elements) {
    const sections = [...element.querySelectorAll<HTMLAnchorElement>("a[href^='#']")].flatMap(
      (link) => {
        const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        return heading ? [{ link, heading }] : [];
      },
    );
    const mark = (): void => {
      const reached = sections.filter((one) => one.heading.getBoundingClientRect().top < REACHED);
      const current = reached.at(-1)?.link;
      for (const { link } of sections) {
        if (link === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    let waiting = false;
    addEventListener(
      "scroll",
      () => {
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => {
          waiting = false;
          mark();
        });
      },
      { passive: true },
    );
    mark();
  }
}
