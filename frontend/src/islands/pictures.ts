// A picture that was not fetched, to save the reader's data, until it is asked for.

export function mount(elements: HTMLElement[]): void {
  for (const link of elements) {
    link.addEventListener("click", (event) => {
      const source = link.dataset["src"];
      if (!source) return;
      event.preventDefault();
      const picture = new Image();
      picture.alt = link.dataset["alt"] ?? link.textContent?.trim() ?? "";
      picture.addEventListener("error", () => (picture.replaceWith(link)), { once: true });
      picture.src = source;
      link.replaceWith(picture);
    });
  }
}
