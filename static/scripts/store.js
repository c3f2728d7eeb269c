// What this browser keeps for the site: on the device, and for this tab. Where it keeps nothing, as with site data refused
// or no room left, everything else goes on.
function shelf(name) {
  const attempt = (act, otherwise) => {
    try {
      return act(window[name]);
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => attempt((store) => store.getItem(key), null),
    // False where it isn't kept.
    set: (key, words) => attempt((store) => (store.setItem(key, words), true), false),
    remove: (key) => attempt((store) => store.removeItem(key)),
    keys: () => attempt((store) => Object.keys(store), []),
    take(key) {
      const words = this.get(key);
      this.remove(key);
      return words;
    },
  };
}

export const device = shelf("localStorage");
export const tab = shelf("sessionStorage");
