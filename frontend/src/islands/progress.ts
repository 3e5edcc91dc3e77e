// Follows work that runs: asks for its state, moves the bar, and shows the page anew at the end.

/** What …/-/status.json answers. */
interface Status {
  running: boolean;
  stage: string;
  done: number;
  total: number;
}

const FIRST_PAUSE = 700;
const LONGEST_PAUSE = 5000;

function draw(element: HTMLElement, status: Status): void {
  const bar = element.querySelector("progress");
  const stage = element.querySelector<HTMLElement>("[data-stage]");
  const count = element.querySelector<HTMLElement>("[data-count]");
  if (stage) stage.textContent = status.stage;
  if (count) count.textContent = status.total > 0 ? `${status.done} of ${status.total}` : "";
  if (!bar) return;
  if (status.total > 0) {
    bar.max = status.total;
    bar.value = status.done;
  } else bar.removeAttribute("value");
}

async function follow(element: HTMLElement, address: string): Promise<void> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.2, LONGEST_PAUSE)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) continue;
      const status = (await answer.json()) as Status;
      draw(element, status);
      if (!status.running) return location.reload();
    } catch {
      // offline: the next round asks again
    }
  }
}

export function mount(elements: HTMLElement[]): void {
  for (const element of elements) {
    const address = element.dataset["address"];
    if (address) void follow(element, address);
  }
}
