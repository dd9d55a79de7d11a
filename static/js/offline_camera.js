// The camera reads square codes: with what the browser brings along, else with the vendored reader.
// Tells "code-scanned" on the document. Needs a secure page; elsewhere the code is typed.
const box = document.querySelector("[data-camera]");
const video = box.querySelector("video");
const [turnOn, turnOff] = box.querySelectorAll("button");
const EVERY = 200; // milliseconds
let reader;
let stream;

async function makeReader() {
  const formats = ["qr_code"];
  const theirs = window.BarcodeDetector;
  const known = (await theirs?.getSupportedFormats().catch(() => [])) ?? [];
  if (known.includes("qr_code")) return new theirs({ formats });
  const { BarcodeDetector } = await import(box.dataset.decoder);
  return new BarcodeDetector({ formats });
}

async function look() {
  if (!stream) return;
  const found = video.readyState < 2 ? [] : await reader.detect(video).catch(() => []);
  const code = found[0]?.rawValue;
  if (code) document.dispatchEvent(new CustomEvent("code-scanned", { detail: code }));
  setTimeout(look, EVERY);
}

function show(isOn) {
  video.hidden = turnOff.hidden = !isOn;
  turnOn.hidden = isOn;
}

async function start() {
  const said = box.querySelector("[data-camera-said]");
  try {
    const wanted = { facingMode: "environment", width: { ideal: 1280 } };
    stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    reader ??= await makeReader();
    video.srcObject = stream;
    await video.play();
    said.textContent = "";
    show(true);
    box.closest("form").scrollIntoView();
    look();
  } catch (fault) {
    stop();
    said.textContent = fault.name === "NotFoundError" ? box.dataset.textNone : box.dataset.textRefused;
  }
}

function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  show(false);
}

if (window.isSecureContext && navigator.mediaDevices?.getUserMedia) {
  box.hidden = false;
  turnOn.addEventListener("click", start);
  turnOff.addEventListener("click", stop);
  addEventListener("pagehide", stop);
}
