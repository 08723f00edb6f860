/** Reading aloud and dictation, where the browser can. Both are off until asked for. */

import { button } from "./dom.js";
import { icon } from "./icons.js";
import { aloud } from "./spoken.js";
import { field as words, options } from "./words.js";

const LANGUAGE = "vi-VN";
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const voices = () => window.speechSynthesis.getVoices().filter(({ lang }) => /^vi\b/i.test(lang));

export const canRead = "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;
export const canListen = Boolean(Recognition);

/** Reads replies aloud once it is turned on. */
export class Speech {
  #isOn = false;
  #stop;

  constructor(field) {
    const quiet = () => {
      this.stop();
      field.focus();
    };
    this.#stop = button(words.stop, quiet, { class: "small", hidden: true });
    field.addTool(this.#stop);
  }

  /** Turn it on; why it can't be, or "". */
  async turnOn() {
    this.#isOn = await hasVoice();
    return this.#isOn ? "" : options.noVoice;
  }

  turnOff() {
    this.#isOn = false;
    this.stop();
  }

  read(replies) {
    if (!this.#isOn) return;
    this.stop();
    // Long texts are cut off by some browsers: a line at a time.
    const lines = aloud(replies).split("\n").filter((line) => line.trim());
    for (const [place, line] of lines.entries()) {
      const utterance = new SpeechSynthesisUtterance(line);
      [utterance.lang, utterance.voice] = [LANGUAGE, voices()[0]];
      if (place === lines.length - 1) utterance.onend = () => { this.#stop.hidden = true; };
      window.speechSynthesis.speak(utterance);
    }
    this.#stop.hidden = !lines.length;
  }

  stop() {
    if (canRead) window.speechSynthesis.cancel();
    this.#stop.hidden = true;
  }
}

/** Whether there is a Vietnamese voice; browsers load their list late. */
async function hasVoice() {
  if (voices().length) return true;
  await new Promise((done) => {
    window.speechSynthesis.addEventListener("voiceschanged", done, { once: true });
    setTimeout(done, 1_500);
  });
  return voices().length > 0;
}

/** A button that writes what is spoken into the field. */
export class Dictation {
  #field;
  #recognition = null;
  #button = button([icon("speak"), words.speak], () => this.#toggle(), {
    class: "small", "aria-pressed": "false", hidden: true,
  });

  constructor(field) {
    this.#field = field;
    field.addTool(this.#button);
  }

  /** Offer the button, or not. */
  set isOn(isOn) {
    this.#button.hidden = !isOn;
    if (!isOn) this.#recognition?.abort();
  }

  #toggle() {
    if (this.#recognition) this.#recognition.stop();
    else this.#listen();
  }

  #listen() {
    const typed = this.#field.text.trim();
    const recognition = Object.assign(new Recognition(), { lang: LANGUAGE, interimResults: true });
    recognition.onresult = ({ results }) => {
      this.#field.text = [typed, ...[...results].map(([best]) => best.transcript.trim())].filter(Boolean).join(" ");
    };
    recognition.onerror = ({ error }) => {
      if (error !== "aborted") this.#field.tell(error === "not-allowed" ? words.noMicrophone : words.noSound);
    };
    recognition.onend = () => this.#mark(null);
    recognition.start();
    this.#mark(recognition);
    this.#field.tell(words.listening);
  }

  #mark(recognition) {
    this.#recognition = recognition;
    this.#button.setAttribute("aria-pressed", String(recognition !== null));
    if (!recognition) this.#field.focus();
  }
}
