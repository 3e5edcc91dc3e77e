// Suggestions as one types: the combobox pattern of the ARIA Authoring Practices, list only.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

/** One answer of /search/suggest. */
interface Suggestion {
  title: string;
  address: string;
  kind: string;
  detail?: string;
}

const PAUSE = 120;

class Combobox {
  private readonly list = document.createElement("ul");
  private options: HTMLElement[] = [];
  private at = -1;
  private timer = 0;
  private asked: AbortController | undefined;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly address: string,
    private readonly sprite: string,
    id: string,
  ) {
    this.list.id = id;
    this.list.className = "suggestions";
    this.list.role = "listbox";
    this.list.ariaLabel = "Suggestions";
    this.list.hidden = true;
    input.closest(".search")?.append(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", id);
    input.setAttribute("aria-expanded", "false");
    input.autocomplete = "off";
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    // somebody who types faster than the script comes has asked already
    if (document.activeElement === input && input.value) this.wait();
    // a press on an option must not take the focus, or the list would close before the click
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (this.input.value.trim().length < 2) this.close();
    else this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    this.asked = new AbortController();
    const query = new URLSearchParams({ q: this.input.value.trim() });
    try {
      const answer = await fetch(`${this.address}?${query}`, { signal: this.asked.signal });
      if (!answer.ok) return;
      const { suggestions } = (await answer.json()) as { suggestions: Suggestion[] };
      this.show(suggestions);
    } catch {
      // overtaken by the next letter, or offline: the form still works
    }
  }

  private show(suggestions: Suggestion[]): void {
    this.options = suggestions.map((one, at) => this.option(one, at));
    this.list.replaceChildren(...this.options);
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.open(this.options.length > 0 && document.activeElement === this.input);
  }

  private option(suggestion: Suggestion, at: number): HTMLElement {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${at}`;
    option.role = "option";
    option.ariaSelected = "false";
    option.className = `kind-${suggestion.kind}`;
    option.dataset["address"] = suggestion.address;
    option.append(this.icon(suggestion.kind), suggestion.title);
    const detail = document.createElement("small");
    detail.textContent = suggestion.detail ?? suggestion.kind;
    option.append(detail);
    option.addEventListener("click", () => location.assign(suggestion.address));
    return option;
  }

  private icon(kind: string): SVGElement {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${this.sprite}#${kind}`);
    svg.append(use);
    return svg;
  }

  private press(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !this.list.hidden) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      location.assign(this.options[this.at]?.dataset["address"] ?? "");
    }
  }

  /** Moves through the options and, between the last and the first, back to what was typed. */
  private move(step: number): void {
    const places = this.options.length + 1;
    this.at = ((this.at + 1 + step + places) % places) - 1;
    this.options.forEach((option, at) => (option.ariaSelected = String(at === this.at)));
    const chosen = this.options[this.at];
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  private open(shown: boolean): void {
    this.list.hidden = !shown;
    this.input.setAttribute("aria-expanded", String(shown));
  }

  private close(): void {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.open(false);
  }
}

export function mount(elements: HTMLElement[]): void {
  elements.forEach((element, at) => {
    const input = element.querySelector<HTMLInputElement>("input[type=search]");
    const { suggest, sprite } = element.dataset;
    if (input && suggest && sprite) new Combobox(input, suggest, sprite, `suggestions-${at}`);
  });
}
