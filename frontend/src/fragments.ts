// A link copied from GitHub says #setup where the heading here is called user-content-setup.

export function followFragments(): void {
  const follow = (): void => {
    const name = decodeURIComponent(location.hash.slice(1));
    if (!name || document.getElementById(name)) return;
    document.getElementById(`user-content-${name}`)?.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  follow();
}
