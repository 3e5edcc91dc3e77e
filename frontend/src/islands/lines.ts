// Choose lines of a source: a click on a number chooses one, a click with Shift a range. The
// address says what is chosen (#L10-L20), so it can be shared.

interface Range {
  first: number;
  last: number;
}

/** The lines an address names: "#L7" or "#L7-L12", in either order. */
export function parse(hash: string): Range | null {
  const found = /^#L(\d+)(?:-L(\d+))?$/.exec(hash);
  if (!found) return null;
  const ends = [Number(found[1]), Number(found[2] ?? found[1])];
  return { first: Math.min(...ends), last: Math.max(...ends) };
}

const write = ({ first, last }: Range): string =>
  first === last ? `#L${first}` : `#L${first}-L${last}`;

function paint(source: HTMLElement): void {
  for (const line of source.querySelectorAll(".chosen")) line.classList.remove("chosen");
  const range = parse(location.hash);
  if (!range) return;
  for (let number = range.first; number <= range.last; number += 1) {
    const line = document.getElementById(`L${number}`);
    if (!line) break;
    line.classList.add("chosen");
  }
}

export function mount(elements: HTMLElement[]): void {
  for (const source of elements) {
    source.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>("a[href^='#L']");
      const before = parse(location.hash);
      const now = link && parse(link.hash);
      if (!event.shiftKey || !before || !now) return;
      event.preventDefault();
      const range = {
        first: Math.min(before.first, now.first),
        last: Math.max(before.last, now.last),
      };
      history.replaceState(null, "", write(range));
      paint(source);
    });
    addEventListener("hashchange", () => paint(source));
    paint(source);
    const range = parse(location.hash);
    if (range && range.first !== range.last) {
      document.getElementById(`L${range.first}`)?.scrollIntoView({ block: "center" });
    }
  }
}
