// A button that copies: on every block of code, and on what a page marks with data-copy.

const SHOWN_MILLISECONDS = 2000;
/** What a button says at rest, and the timer that lets it say so again. */
const resting = new WeakMap<HTMLElement, { words: string; timer: number }>();

async function copy(text: string, button: HTMLElement): Promise<void> {
  const before = resting.get(button);
  clearTimeout(before?.timer);
  const words = before?.words ?? button.textContent ?? "";
  let said = "Copied";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = "Select and copy by hand";
  }
  clearTimeout(resting.get(button)?.timer);
  button.textContent = said;
  button.classList.toggle("done", said === "Copied");
  const timer = window.setTimeout(() => {
    button.textContent = words;
    button.classList.remove("done");
    resting.delete(button);
  }, SHOWN_MILLISECONDS);
  resting.set(button, { words, timer });
}

const PROMPT = /^\s*[$%>] /;

/** The code as one would type it: of a session at the console, the commands alone. */
function textOf(block: HTMLElement): string {
  const text = block.textContent?.replace(/\n$/, "") ?? "";
  const commands = text.split("\n").filter((line) => PROMPT.test(line));
  const isSession = block.closest("[data-language=console]") !== null && commands.length > 0;
  return isSession ? commands.map((line) => line.replace(PROMPT, "")).join("\n") : text;
}

function addButton(block: HTMLElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button copy";
  button.textContent = "Copy";
  button.ariaLive = "polite";
  button.addEventListener("click", () => void copy(textOf(block), button));
  block.closest("figure")?.append(button);
}

export function mount(elements: HTMLElement[]): void {
  for (const element of elements) {
    const text = element.dataset["copy"];
    if (text === undefined) {
      if (!element.closest(".parameters")) addButton(element);
      continue;
    }
    const label = element.querySelector<HTMLElement>("span") ?? element;
    label.ariaLive = "polite";
    element.addEventListener("click", () => void copy(text, label));
    element.hidden = false;
  }
}
