// Asks again and again, ever less often, and shows the finished page at the end.
// Quoted from frontend/src/islands/progress.ts#L27-L40

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
