// A screen that cannot be sent stays as it was typed, and says so: without this file the browser
// shows its own page in place of the form. htmx sends the form and shows it again with its errors.

const NOT_SENT = "Chưa gửi được: mất mạng hoặc máy chủ chưa trả lời. Câu trả lời còn trên màn hình này; khi có mạng, bấm lại nút vừa bấm.";
const SIGNED_OUT = "Chưa gửi được: phiên làm việc đã hết. Mở trang đăng nhập ở thẻ khác, đăng nhập rồi bấm lại nút vừa bấm.";

function tell(text) {
  const place = document.querySelector("[data-not-sent]");
  place.textContent = text;
  place.hidden = !text;
  if (text) place.scrollIntoView({ block: "center" });
}

// The server's own words for a fault, and the token of now where the user signed in again in
// another tab: the same screen can then be sent.
function faultOf(html) {
  const fault = new DOMParser().parseFromString(html, "text/html").querySelector("[data-fault]");
  if (fault?.dataset.token) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fault.dataset.token;
  }
  return fault?.textContent.replace(/\s+/g, " ").trim() ?? "";
}

function refusalOf({ status, responseURL, responseText }) {
  const fault = status >= 400 ? faultOf(responseText) : "";
  if (fault) return fault;
  if (status >= 500) return NOT_SENT;
  const isElsewhere = !new URL(responseURL).pathname.includes("/phone/");
  return [401, 403].includes(status) || isElsewhere ? SIGNED_OUT : "";
}

const on = (name, act) => document.addEventListener(`htmx:${name}`, act);

on("beforeRequest", () => tell(""));
on("sendError", () => tell(NOT_SENT));
on("timeout", () => tell(NOT_SENT));
on("beforeOnLoad", (event) => {
  const refusal = refusalOf(event.detail.xhr);
  if (!refusal) return;
  event.preventDefault();
  tell(refusal);
});
// Somebody was faster: the answer shows both sides.
on("beforeSwap", ({ detail }) => {
  if (detail.xhr.status === 409) detail.shouldSwap = true;
});
on("afterSettle", () => {
  const first = document.querySelector(".error-summary") ?? document.querySelector("main");
  first.focus();
});
