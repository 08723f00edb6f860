/** What stays on the device: in the browser's storage, or in memory where that is forbidden, full or broken. */

const NAME = "tro-ly-mot-cua";
const MOST_SAID = 40; // messages of a talk that survive a reload

/** One value under one name, as JSON. `area` is "sessionStorage" or "localStorage". */
class Kept {
  #area;
  #key;
  #memory; // only what the browser didn't take

  constructor(area, key) {
    [this.#area, this.#key] = [area, `${NAME}.${key}`];
  }

  /** The object that was kept; an empty one if there is none or it can't be read. */
  read() {
    if (this.#memory) return this.#memory;
    try {
      const value = JSON.parse(window[this.#area].getItem(this.#key));
      return value && typeof value === "object" ? value : {};
    } catch {
      return {};
    }
  }

  /** Keep an object; whether it will survive a reload. */
  write(value) {
    try {
      window[this.#area].setItem(this.#key, JSON.stringify(value));
      this.#memory = undefined;
    } catch {
      this.#memory = value;
    }
    return !this.#memory;
  }

  clear() {
    this.#memory = undefined;
    try {
      window[this.#area].removeItem(this.#key);
    } catch {
      // forbidden: then nothing was there
    }
  }
}

/** The talk of this tab: the session's token and what was said, {me, text, message} and {reply} in turn. */
export class TalkStore {
  #kept = new Kept("sessionStorage", "talk");

  get token() {
    const { token } = this.#kept.read();
    return typeof token === "string" ? token : "";
  }

  set token(token) {
    this.#kept.write({ ...this.#kept.read(), token });
  }

  get said() {
    const { said } = this.#kept.read();
    return Array.isArray(said) ? said.filter((one) => one && (one.reply || typeof one.message === "string")) : [];
  }

  /** Keep one more message; the oldest give way where there is no room. */
  add(one) {
    const { token } = this;
    let said = [...this.said, one].slice(-MOST_SAID);
    while (!this.#kept.write({ token, said }) && said.length > 1) said = said.slice(Math.ceil(said.length / 2));
  }

  clear() {
    this.#kept.clear();
  }
}

/** Which papers are ticked, by the code of the procedure and the text of the paper. */
export class Ticks {
  #kept = new Kept("localStorage", "ticks");

  has(code, text) {
    const texts = this.#kept.read()[code];
    return Array.isArray(texts) && texts.includes(text);
  }

  set(code, text, ticked) {
    const all = this.#kept.read();
    const others = (Array.isArray(all[code]) ? all[code] : []).filter((one) => one !== text);
    this.#kept.write({ ...all, [code]: ticked ? [...others, text] : others });
  }

  clear() {
    this.#kept.clear();
  }
}

/** How somebody wants it: {size, aloud, speak}. */
export const settings = new Kept("localStorage", "options");

/** Whether the panel is open: the loader looks here after a reload. */
export const openness = new Kept("sessionStorage", "open");
