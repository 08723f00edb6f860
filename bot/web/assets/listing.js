// What a page of the listing can do beyond what the server drew: ask the assistant in the corner, print, share.

const day = new Intl.DateTimeFormat("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric" });

for (const link of document.querySelectorAll("[data-ask]")) {
  link.addEventListener("click", (event) => {
    const assistant = document.querySelector("tro-ly-mot-cua");
    if (!assistant?.ask) return; // not loaded: the link leads to the page that needs no script
    event.preventDefault();
    assistant.ask(link.dataset.ask);
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share && !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", () => share(button.dataset.share, button.nextElementSibling));
}

async function share(url, status) {
  try {
    if (navigator.share) return await navigator.share({ title: document.title, url });
    await navigator.clipboard.writeText(url);
    status.textContent = "Đã sao chép liên kết.";
  } catch (fault) {
    if (fault.name !== "AbortError") status.textContent = "Chưa sao chép được. Bạn bấm giữ liên kết ở trên để sao chép.";
  }
}

// Paper has no folds, and shows the day on which it was printed.
let folded = [];
window.addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  for (const part of folded) part.open = true;
  for (const place of document.querySelectorAll("[data-today]")) place.textContent = day.format(new Date());
});
window.addEventListener("afterprint", () => {
  for (const part of folded) part.open = false;
});

if (new URLSearchParams(location.search).get("in") === "1") {
  window.addEventListener("load", () => window.print());
}
