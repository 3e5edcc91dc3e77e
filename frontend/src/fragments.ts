// A link copied from GitHub says #setup where the heading here is called user-content-setup.

/** A fragment as it was typed; one with broken escapes stays as it is. */
function readable(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

export function followFragments(): void {
  const follow = (): void => {
    const name = location.hash.slice(1);
    if (!name || document.querySelector(":target")) return;
    document.getElementById(`user-content-${readable(name)}`)?.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  follow();
}
