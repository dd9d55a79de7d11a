// Signing in with the lock of a phone (a passkey). The forms appear where a browser can.
const forms = document.querySelectorAll("form[data-passkey]");
const can = window.isSecureContext && Boolean(window.PublicKeyCredential);

async function options(form) {
  const given = form.querySelector("script[type='application/json']");
  if (given) return JSON.parse(given.textContent);
  const answer = await fetch(form.dataset.ask, {
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
  });
  return answer.json();
}

function tell(form, name) {
  for (const trouble of form.querySelectorAll("[data-trouble]"))
    trouble.hidden = trouble.dataset.trouble !== name;
}

async function use(form) {
  const button = form.querySelector("button");
  const makes = form.dataset.passkey === "create";
  button.disabled = true;
  tell(form, "");
  try {
    const asked = await options(form);
    const wanted = asked.creation_options || asked.request_options || asked;
    const credential = await window.webauthnJSON[makes ? "create" : "get"](wanted);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    const is_there = error.name === "InvalidStateError";
    tell(form, is_there && form.querySelector("[data-trouble=there]") ? "there" : "other");
    button.disabled = false;
  }
}

if (can) {
  for (const without of document.querySelectorAll("[data-without-passkey]"))
    without.hidden = true;
  for (const form of forms) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      use(form);
    });
  }
}
