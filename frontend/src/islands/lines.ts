// Choose lines of a file: a click on a number chooses one, a click with Shift a range. The
// address says what is chosen (#L10-L20), so it can be shared.

interface Range {
  first: number;
  last: number;
}

/** The lines an address names: "#L7" or "#L7-L12", in either order. */
function parse(hash: string): Range | null {
  const found = /^#L(\d+)(?:-L(\d+))?$/.exec(hash);
  if (!found) return null;
  const ends = [Number(found[1]), Number(found[2] ?? found[1])];
  return { first: Math.min(...ends), last: Math.max(...ends) };
}

const write = ({ first, last }: Range): string =>
  first === last ? `#L${first}` : `#L${first}-L${last}`;

function paint(file: HTMLElement): void {
  for (const line of file.querySelectorAll(".chosen")) line.classList.remove("chosen");
  const range = parse(location.hash);
  if (!range) return;
  for (let number = range.first; number <= range.last; number += 1) {
    const line = document.getElementById(`L${number}`);
    if (!line) break;
    line.classList.add("chosen");
  }
}

/** The number of the line whose number was clicked; null for a click anywhere else. */
function clicked(file: HTMLElement, event: MouseEvent): number | null {
  const line = (event.target as Element).closest<HTMLElement>(".line");
  const edge = file.querySelector("pre")?.getBoundingClientRect().left ?? 0;
  const gutter = line ? parseFloat(getComputedStyle(line, "::before").width) : 0;
  return line && event.clientX - edge < gutter ? Number(line.id.slice(1)) : null;
}

function choose(file: HTMLElement, event: MouseEvent): void {
  const number = clicked(file, event);
  if (number === null) return;
  const before = event.shiftKey ? parse(location.hash) : null;
  const first = Math.min(number, before?.first ?? number);
  const last = Math.max(number, before?.last ?? number);
  history.replaceState(null, "", write({ first, last }));
  paint(file);
}

export function mount(elements: HTMLElement[]): void {
  for (const file of elements) {
    file.addEventListener("click", (event) => choose(file, event));
    addEventListener("hashchange", () => paint(file));
    paint(file);
  }
  const range = parse(location.hash);
  // a browser finds #L7 by itself, but not the beginning of a range
  if (range) document.getElementById(`L${range.first}`)?.scrollIntoView({ block: "center" });
}
