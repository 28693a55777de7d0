// What is typed and not yet confirmed, kept on this computer until the server has it: values and note
// by the form's id, no head's name and no personal number. Each window keeps its own copies.

const STORE = "drafts";
const KEPT_MILLISECONDS = 7 * 24 * 3600 * 1000;

function windowId() {
  const known = sessionStorage.getItem("grid-window");
  const id = known ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  if (!known) sessionStorage.setItem("grid-window", id);
  return id;
}

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// The windows that are open now hold a lock each; an old browser without locks knows of none.
async function openWindows(own) {
  if (!navigator.locks) return new Set([own]);
  navigator.locks.request(`grid-${own}`, () => new Promise(() => {}));
  const { held } = await navigator.locks.query();
  return new Set(held.map((lock) => lock.name.replace(/^grid-/, "")));
}

export class Store {
  static async open(user) {
    const request = indexedDB.open("review-grid", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    return new Store(await answer(request), user, windowId());
  }

  constructor(database, user, own) {
    Object.assign(this, { database, user, own });
  }

  #write(act) {
    const transaction = this.database.transaction(STORE, "readwrite");
    act(transaction.objectStore(STORE));
    transaction.commit?.();
  }

  keep(row) {
    const { id, version, base, values, lost, sending } = row;
    const key = `${this.user}/${this.own}/${id}`;
    const at = Date.now();
    const sent = sending ? [...lost, sending] : lost;
    this.#write((drafts) =>
      drafts.put({ key, user: this.user, window: this.own, id, version, base, values, sent, at }),
    );
  }

  drop(row) {
    this.#write((drafts) => drafts.delete(`${this.user}/${this.own}/${row.id}`));
  }

  /** The user's copies that no other open window still works on; they become this window's. */
  async adopt() {
    const open = await openWindows(this.own);
    const drafts = this.database.transaction(STORE).objectStore(STORE);
    const all = await answer(drafts.getAll());
    const old = all.filter((draft) => draft.at < Date.now() - KEPT_MILLISECONDS);
    if (old.length) this.#write((store) => old.forEach((draft) => store.delete(draft.key)));
    return all
      .filter((draft) => draft.user === this.user && !old.includes(draft))
      .filter((draft) => draft.window === this.own || !open.has(draft.window))
      .sort((a, b) => a.at - b.at);
  }

  /** Another window's copy is this window's now. */
  release(draft) {
    if (draft.window !== this.own) this.#write((drafts) => drafts.delete(draft.key));
  }
}
