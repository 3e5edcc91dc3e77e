// Where the part of an address after # leads: to what is folded away, which is opened, and to
// headings. A link copied from GitHub says #setup where the heading here is user-content-setup.

/** A fragment as it was typed; one with broken escapes stays as it is. */
function readable(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Opens an element that is folded, and all that it lies in; says whether any was closed. */
function unfold(element: Element): boolean {
  let opened = false;
  let fold = element.closest("details");
  while (fold) {
    opened ||= !fold.open;
    fold.open = true;
    fold = fold.parentElement?.closest("details") ?? null;
  }
  return opened;
}

export function followFragments(): void {
  const follow = (): void => {
    const name = readable(location.hash.slice(1));
    if (!name) return;
    // not :target, which the browser may set later than this is asked first
    const found = document.getElementById(name);
    const target = found ?? document.getElementById(`user-content-${name}`);
    if (target && (unfold(target) || !found)) target.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  follow();
}
