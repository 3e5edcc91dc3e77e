// On the history page: the button says which two versions it will compare.

export function mount(elements: HTMLElement[]): void {
  for (const form of elements) {
    const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
    const update = (): void => {
      const data = new FormData(form as HTMLFormElement);
      if (button) button.disabled = data.get("from") === data.get("to");
    };
    form.addEventListener("change", update);
    update();
  }
}
