// A button that copies: on every block of code, and on what a page marks with data-copy.

async function copy(text: string, button: HTMLElement): Promise<void> {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
    button.classList.add("done");
  } catch {
    button.textContent = "Select and copy by hand";
  }
  setTimeout(() => {
    button.textContent = before;
    button.classList.remove("done");
  }, 2000);
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
