/** Fetches the parts at once, not one after another as each names the next; puts the panel onto the element. */

const PARTS = ["panel", "talk", "options", "cards/reply", "cards/answer", "cards/papers", "cards/tools"];
const STYLES = ["frame.css", "talk.css", "cards.css"];

const host = document.querySelector("tro-ly-mot-cua");
const styles = STYLES.map((name) => style(host.settings.files + name));
const parts = PARTS.map((name) => import(`./${name}.js`));
const ward = host.settings.ward();
host.panel = Promise.all([ward, ...parts, ...styles]).then(([facts, { Panel }]) => new Panel(host, facts));

/** Resolves when the style holds in the element. */
function style(href) {
  return new Promise((onload, onerror) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload, onerror });
    host.shadowRoot.lastChild.before(link); // in their order: the later ones build on the former
  });
}
