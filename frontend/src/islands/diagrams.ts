// Draws the diagrams of a page. One hidden frame, closed off by a sandbox (it has no origin, no
// storage, no network), runs mermaid and hands back a drawing; the page shows it as a picture, in
// which nothing can run. The source stays beneath, and stays alone when drawing fails.

/** What the frame is asked for, and what it answers. */
export interface Order {
  id: number;
  source: string;
  dark: boolean;
}

export type Drawing = { id: number; svg: string; title: string } | { id: number; fault: string };

const isDark = (): boolean => {
  const chosen = document.documentElement.dataset["theme"];
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

const savesData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

/** The frame that draws, made when the first diagram is near. */
class Studio {
  private readonly waiting = new Map<number, (drawing: Drawing) => void>();
  private readonly frame = document.createElement("iframe");
  private readonly ready: Promise<void>;
  private next = 0;

  constructor() {
    this.frame.setAttribute("sandbox", "allow-scripts");
    this.frame.src = "/embed/diagram";
    this.frame.title = "Draws diagrams";
    this.frame.className = "studio";
    this.frame.tabIndex = -1;
    this.frame.setAttribute("aria-hidden", "true");
    let tell = (): void => undefined;
    this.ready = new Promise((resolve) => (tell = resolve));
    addEventListener("message", (event: MessageEvent<Drawing | "ready">) => {
      if (event.source !== this.frame.contentWindow) return;
      if (event.data === "ready") tell();
      else this.waiting.get(event.data.id)?.(event.data);
    });
    document.body.append(this.frame);
  }

  async draw(source: string): Promise<Drawing> {
    await this.ready;
    const id = this.next++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      const order: Order = { id, source, dark: isDark() };
      // the frame has no origin, so none can be named
      this.frame.contentWindow?.postMessage(order, "*");
    });
  }
}

let studio: Studio | undefined;

function picture(drawing: { svg: string; title: string }): HTMLElement {
  const image = new Image();
  image.alt = drawing.title;
  image.src = `data:image/svg+xml,${encodeURIComponent(drawing.svg)}`;
  const holder = document.createElement("div");
  holder.className = "diagram-drawn";
  holder.append(image);
  return holder;
}

function bar(source: HTMLElement): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-bare";
  const update = (): void => {
    button.textContent = source.hidden ? "Show source" : "Hide source";
    button.ariaExpanded = String(!source.hidden);
  };
  button.addEventListener("click", () => {
    source.hidden = !source.hidden;
    update();
  });
  source.hidden = true;
  update();
  const holder = document.createElement("div");
  holder.className = "diagram-bar";
  holder.append("Diagram", button);
  return holder;
}

async function draw(figure: HTMLElement): Promise<void> {
  const source = figure.querySelector<HTMLElement>("pre");
  if (!source) return;
  studio ??= new Studio();
  const drawing = await studio.draw(source.textContent ?? "");
  if ("fault" in drawing) return void figure.classList.add("diagram-failed");
  figure.querySelector(".diagram-drawn")?.remove();
  figure.prepend(picture(drawing));
  if (!figure.querySelector(".diagram-bar")) figure.append(bar(source));
}

function offer(figure: HTMLElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-bare";
  button.textContent = "Draw the diagram";
  button.addEventListener("click", () => {
    button.remove();
    void draw(figure);
  });
  figure.append(button);
}

export function mount(elements: HTMLElement[]): void {
  if (savesData()) return elements.forEach(offer);
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        void draw(target as HTMLElement);
      }
    },
    { rootMargin: "400px" },
  );
  for (const element of elements) near.observe(element);
  const again = (): void => {
    for (const element of elements) {
      if (element.querySelector(".diagram-drawn")) void draw(element);
    }
  };
  addEventListener("nexus:theme", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}
