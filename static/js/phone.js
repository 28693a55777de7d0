// A screen that cannot be sent stays as it was typed, and says so: without this file the browser
// shows its own page in place of the form.

const PATIENCE = 20000;
const NOT_SENT = "Chưa gửi được: mất mạng hoặc máy chủ chưa trả lời. Câu trả lời còn trên màn hình này; khi có mạng, bấm lại nút vừa bấm.";
const SIGNED_OUT = "Chưa gửi được: phiên làm việc đã hết. Mở trang đăng nhập ở thẻ khác, đăng nhập rồi bấm lại nút vừa bấm.";

let isSending = false;

function tell(text) {
  const place = document.querySelector("[data-not-sent]");
  place.textContent = text;
  place.hidden = !text;
  if (text) place.scrollIntoView({ block: "center" });
}

function contentOf(form, button) {
  const content = new FormData(form);
  if (button?.name) content.append(button.name, button.value);
  return content;
}

async function post(form, button) {
  try {
    return await fetch(form.action, {
      method: "POST",
      body: contentOf(form, button),
      signal: AbortSignal.timeout?.(PATIENCE),
    });
  } catch {
    return null;
  }
}

// The same screen again, with what is wrong in it.
async function showAgain(reply) {
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.title = page.title;
  document.querySelector(".error-summary, main").focus();
}

async function send(form, button) {
  const reply = await post(form, button);
  if (!reply || reply.status >= 500) return tell(NOT_SENT);
  const isElsewhere = reply.redirected && !reply.url.includes("/phone/");
  if (reply.status === 403 || isElsewhere) return tell(SIGNED_OUT);
  if (reply.redirected) return location.assign(reply.url);
  return showAgain(reply);
}

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target.closest("[data-phone-form]");
    if (!form) return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    tell("");
    await send(form, event.submitter);
    isSending = false;
  },
  true,
);
